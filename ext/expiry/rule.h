// The rules by which rows of users' tables expire: the rows of larder_expiry.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/connection.h"

namespace larder {

// How a column holds moments.
struct MomentUnit {
  const char* name;
  const char* function;                      // of SQL, that makes a number of the column; or none
  double (*number_of)(double unix_seconds);  // that such a number is compared with
};

// The unit of that name; NULL is the first. Throws Error when there is none.
const MomentUnit& find_unit(sqlite3_value* name);

// A row is due once the moment in its column, and then `after`, have passed.
struct ExpiryRule {
  std::string table;
  std::string column;
  std::optional<double> after;  // seconds; nothing: the column says the deadline itself
  const MomentUnit* unit = nullptr;

  // At `now` a row is due whose moment is this number or less.
  double latest_due(double now) const {
    return unit->number_of(round_to_milliseconds(now - after.value_or(0)));
  }
};

// Reads a rule's `after`. Throws Error when it is no duration, or negative or infinite: by a
// mistake in it rows would go before their time, or never.
std::optional<double> after_of(sqlite3_value* value);

// Reads the name of a table or column. Throws Error when it can be none.
std::string name_of(sqlite3_value* value, const char* what);

// Calls `use` with each rule. One that nobody can follow, as a file from anywhere may have, comes
// with an error, and may have a table only. Needs larder_expiry to be there.
void for_each_rule(
    Connection& connection,
    const std::function<void(const ExpiryRule& rule, const std::string& error)>& use);

}  // namespace larder
