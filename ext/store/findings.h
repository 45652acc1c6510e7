// What the checks of the features have in common: rules that nothing but Larder keeps, and which a
// hand that writes to a table of Larder's may break.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "store/connection.h"

namespace larder {

using Findings = std::vector<Finding>;

// In a statement of a check: what a clock that was ahead has written, and what would be blocked
// until that time comes. A moment is from the future by more than the second by which clocks are
// set right all the time. An end is far when it is more than a day ahead: how long a lease was is
// not stored everywhere, and a longer one is worth a look as well.
#define LARDER_FROM_FUTURE(moment, now) "(" moment " > " now " + 1.0)"
#define LARDER_FAR_END(end, now) "(" end " > " now " + 86400.0 AND " end " < 9e999)"

// How many rows a check names, one by one.
#define LARDER_MOST_NAMED "20"

// `counts` is a run whose one row begins with how many rows break each rule, in the order of
// `problems`: "have an end before their beginning". Steps to that row, and adds an error named
// `subject` for each rule that is broken. Returns whether none is.
bool rules_hold(Query& counts, const char* subject, std::initializer_list<const char*> problems,
                Findings& findings);

// The same for a number in larder_meta from which numbers are taken that must only grow.
bool counter_holds(Connection& connection, const char* subject, const char* counter,
                   Findings& findings);

// Adds a warning that `what`, "the lease 'nightly'", was written by a clock that was ahead, as far
// as can be told; `remedy` is what frees it.
void add_from_future(const char* subject, const std::string& what, const std::string& remedy,
                     Findings& findings);

// Adds how many of `all` rows only wait for a sweep: a warning when they are many and most.
void add_backlog(const char* subject, std::int64_t waiting, std::int64_t all, const char* rows,
                 Findings& findings);

}  // namespace larder
