// What the checks of the features have in common. They look for broken rules: what no CHECK or
// index enforces, and what somebody who writes to Larder's tables by hand may break.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "store/connection.h"

namespace larder {

// Conditions on what a clock that was ahead may have written. A moment is from the future when it
// is more than a second ahead: clocks are corrected by less all the time. An end is far when it is
// more than a day ahead. A lease may really be that long, but how long it was is not stored
// everywhere, and a long one is worth a look as well.
consteval auto is_from_future(const auto& moment, const auto& now) {
  return sql("({} > {} + 1.0)", moment, now);
}
consteval auto is_far_end(const auto& end, const auto& now) {
  return sql("({} > {} + 86400.0 AND {} < 9e999)", end, now, end);
}

// How many rows a check names, one by one.
inline constexpr auto kMostNamed = sql("20");

// `counts` is a run whose one row begins with how many rows break each rule, in the order of
// `problems`: "have an end before their beginning". Steps to that row, and adds an error named
// `subject` for each rule that is broken.
void check_rules(Query& counts, const char* subject, std::initializer_list<const char*> problems,
                 Findings& findings);

// The same for a number in larder_meta from which numbers are taken that must only grow.
void check_counter(Connection& connection, const char* subject, const char* counter,
                   Findings& findings);

// Adds what `finding_of` makes of each row of `sql`, whose one parameter is ?2, now.
void add_each(Connection& connection, Sql sql, Finding (*finding_of)(const Query& row),
              Findings& findings);

// A warning that `what`, "the lease 'nightly'", was written by a clock that was ahead, as far as
// can be told; `remedy` is the statement that helps, and what it does: "SELECT ... frees it".
Finding from_future(const char* subject, const std::string& what, const std::string& remedy);

// A key, name or id (a text or a BLOB) in a statement that a user is to run: the whole of it, where
// describe() cuts and says a size.
std::string literal_of(sqlite3_value* key);

// Runs `look`, which adds what it finds; adds `fine` where it has found nothing.
template <class Look>
void add_unless_found(const Finding& fine, Findings& findings, Look&& look) {
  const std::size_t before = findings.size();
  look();
  if (findings.size() == before) findings.push_back(fine);
}

// Adds how many of `all` rows only wait for a sweep: a warning when they are many and most.
void add_backlog(const char* subject, std::int64_t waiting, std::int64_t all, const char* rows,
                 Findings& findings);

}  // namespace larder
