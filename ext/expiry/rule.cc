// The rules by which rows of users' tables expire.
#include "expiry/rule.h"

#include <cmath>

#include "store/duration.h"

namespace larder {

namespace {

double as_seconds(double seconds) { return seconds; }

double as_milliseconds(double seconds) { return std::round(seconds * 1000); }

// As SQLite makes a Julian day of whole milliseconds, so that the two compare exactly.
double as_julian_day(double seconds) {
  constexpr double kUnixEpoch = 210866760000000.0;  // in milliseconds of Julian days
  return (as_milliseconds(seconds) + kUnixEpoch) / 86400000.0;
}

// unixepoch() is younger than the oldest SQLite that is served; julianday() reads the same texts.
constexpr MomentUnit kMomentUnits[] = {
    {"s", nullptr, as_seconds},
    {"ms", nullptr, as_milliseconds},
    {"text", "julianday", as_julian_day},
};

constexpr char kSelectRules[] = R"(
SELECT table_name, column_name, after, unit
FROM main.larder_expiry
ORDER BY table_name)";

}  // namespace

const MomentUnit& find_unit(sqlite3_value* name) {
  if (is_null(name)) return kMomentUnits[0];
  for (const MomentUnit& unit : kMomentUnits) {
    if (!is_blob(name) && text_of(name) == unit.name) return unit;
  }
  throw Error("unit must be 's', 'ms' or 'text'; got " + describe(name));
}

std::optional<double> after_of(sqlite3_value* value) {
  if (is_null(value)) return std::nullopt;
  const auto seconds = lifetime_of(value, "after").seconds();
  if (!seconds || std::isinf(*seconds) || *seconds < 0)
    throw Error("after must be 0 or more, and not infinite; got " + describe(value));
  return seconds;
}

// SQLite itself would read a name up to its first NUL.
std::string name_of(sqlite3_value* value, const char* what) {
  const bool is_text = sqlite3_value_type(value) == SQLITE_TEXT;
  if (!is_text || text_of(value).find('\0') != std::string_view::npos)
    throw Error(std::string(what) + " must be a name; got " + describe(value));
  return std::string(text_of(value));
}

void for_each_rule(
    Connection& connection,
    const std::function<void(const ExpiryRule& rule, const std::string& error)>& use) {
  Query rows = connection.query_once(kSelectRules);
  while (rows.step()) {
    ExpiryRule rule;
    std::string error;
    try {
      rule.table = name_of(rows.value(0), "table_name");
      rule.column = name_of(rows.value(1), "column_name");
      rule.after = after_of(rows.value(2));
      rule.unit = &find_unit(rows.value(3));
    } catch (const Error& what) {
      error = what.message();
      if (rule.table.empty()) rule.table = describe(rows.value(0));
    }
    use(rule, error);
  }
}

}  // namespace larder
