// Durations and moments as SQL values: seconds, or a text with one unit.
#include "store/duration.h"

#include <charconv>
#include <cmath>
#include <string>

#include "sqlite/error.h"
#include "store/clock.h"

namespace larder {

namespace {

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// The seconds in one `unit`, or nothing when there is no such unit. No unit is seconds.
std::optional<double> seconds_in(std::string_view unit) {
  if (unit.empty() || unit == "s") return 1.0;
  if (unit == "ms") return 0.001;
  if (unit == "m") return 60.0;
  if (unit == "h") return 3600.0;
  if (unit == "d") return 86400.0;
  return std::nullopt;
}

// Reads a number, 'inf' included, and then a unit if `units` are allowed.
std::optional<double> parse(std::string_view text, bool units) {
  text = trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || std::isnan(number)) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (std::isinf(number) && !unit.empty()) return std::nullopt;  // 'inf' is for ever, of any unit
  const auto scale = units || unit.empty() ? seconds_in(unit) : std::nullopt;
  if (!scale) return std::nullopt;
  return number * *scale;
}

std::optional<double> number_of(sqlite3_value* value, bool units) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_TEXT:
      // What SQLite takes for a number is one; the rest is a unit or 'inf'.
      if (sqlite3_value_numeric_type(value) != SQLITE_TEXT) return sqlite3_value_double(value);
      return parse(text_of(value), units);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<double> Lifetime::end(double now) const {
  if (!seconds_) return std::nullopt;
  return round_to_milliseconds(now + *seconds_);
}

Lifetime lifetime_of(sqlite3_value* value, const char* what) {
  if (is_null(value)) return Lifetime::forever();
  const auto seconds = number_of(value, true);
  if (!seconds) {
    throw Error(std::string(what) +
                " must be a number of seconds, a text such as '15m', or NULL; got " +
                describe(value));
  }
  if (std::isinf(*seconds) && *seconds > 0) return Lifetime::forever();
  return Lifetime::seconds(round_to_milliseconds(*seconds));
}

Lifetime lease_of(sqlite3_value* value, const char* what) {
  const Lifetime lifetime = lifetime_of(value, what);
  if (lifetime.is_over())
    throw Error(std::string(what) + " must be more than 0; got " + describe(value));
  return lifetime;
}

Lifetime lifetime_until(sqlite3_value* value, double now, const char* what) {
  if (is_null(value)) return Lifetime::forever();
  const auto moment = number_of(value, false);
  if (!moment)
    throw Error(std::string(what) + " must be a time in Unix seconds or NULL; got " +
                describe(value));
  if (std::isinf(*moment) && *moment > 0) return Lifetime::forever();
  return Lifetime::seconds(round_to_milliseconds(*moment - now));
}

double seconds_of(sqlite3_value* value, const char* what) {
  const auto seconds = number_of(value, false);
  if (!seconds || std::isinf(*seconds)) {
    throw Error(std::string(what) + " must be a number of seconds; got " + describe(value));
  }
  return round_to_milliseconds(*seconds);
}

}  // namespace larder
