// What the checks of the features have in common: rules that nothing but Larder keeps, and which a
// hand that writes to a table of Larder's may break.
#pragma once

#include <initializer_list>
#include <vector>

#include "store/connection.h"

namespace larder {

using Findings = std::vector<Finding>;

// `counts` is a run whose one row begins with how many rows break each rule, in the order of
// `problems`: "have an end before their beginning". Steps to that row, and adds an error named
// `subject` for each rule that is broken. Returns whether none is.
bool rules_hold(Query& counts, const char* subject, std::initializer_list<const char*> problems,
                Findings& findings);

// The same for a number in larder_meta from which numbers are taken that must only grow.
bool counter_holds(Connection& connection, const char* subject, const char* counter,
                   Findings& findings);

// Adds how many of `all` rows only wait for a sweep: a warning when they are many and most.
void add_backlog(const char* subject, std::int64_t waiting, std::int64_t all, const char* rows,
                 Findings& findings);

}  // namespace larder
