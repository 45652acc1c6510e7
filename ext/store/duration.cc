// Durations and moments as SQL values: seconds, or a text with one unit.
#include "store/duration.h"

#include <cmath>
#include <string>

#include "sqlite/error.h"
#include "store/clock.h"

namespace larder {

namespace {

// Reads a text from its beginning. Only ASCII counts, and no locale is asked.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }

  bool take_any(std::string_view characters) {
    const bool is_there = !rest_.empty() && characters.find(rest_[0]) != std::string_view::npos;
    if (is_there) rest_.remove_prefix(1);
    return is_there;
  }
  bool take_digits() {
    bool is_there = false;
    while (take_any("0123456789")) is_there = true;
    return is_there;
  }

 private:
  std::string_view rest_;
};

// What stands behind `[+-]digits[.digits][exponent]`; nothing when `text` does not begin like that.
std::optional<std::string_view> behind_number(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  if (!reader.take_digits()) return std::nullopt;
  if (reader.take_any(".") && !reader.take_digits()) return std::nullopt;
  if (reader.take_any("eE")) {
    reader.take_any("+-");
    if (!reader.take_digits()) return std::nullopt;
  }
  return reader.rest();
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

bool is_same_word(std::string_view text, std::string_view word) {
  return text.size() == word.size() &&
         sqlite3_strnicmp(text.data(), word.data(), static_cast<int>(word.size())) == 0;
}

// Bindings send Inf as text, too, each in its own way: 'Inf', 'inf', 'Infinity'.
std::optional<double> infinity_of(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  if (!is_same_word(reader.rest(), "inf") && !is_same_word(reader.rest(), "infinity"))
    return std::nullopt;
  return text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
}

// `value` must be a text: a number, and then a unit if `units` are allowed. What SQLite itself
// takes for a number is not asked: that may have spaces around it, and changes with its version.
std::optional<double> parse(sqlite3_value* value, bool units) {
  const std::string_view text = text_of(value);
  const auto unit = behind_number(text);
  if (!unit) return infinity_of(text);
  const auto scale = units || unit->empty() ? seconds_in(*unit) : std::nullopt;
  if (!scale) return std::nullopt;
  return sqlite3_value_double(value) * *scale;  // SQLite reads as far as the number goes
}

std::optional<double> read_number(sqlite3_value* value, bool units) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return sqlite3_value_double(value);
    case SQLITE_TEXT:
      return parse(value, units);
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
  const auto seconds = read_number(value, true);
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
  const auto moment = read_number(value, false);
  if (!moment)
    throw Error(std::string(what) + " must be a time in Unix seconds or NULL; got " +
                describe(value));
  if (std::isinf(*moment) && *moment > 0) return Lifetime::forever();
  return Lifetime::seconds(round_to_milliseconds(*moment - now));
}

double seconds_of(sqlite3_value* value, const char* what) {
  const auto seconds = read_number(value, false);
  if (!seconds || std::isinf(*seconds)) {
    throw Error(std::string(what) + " must be a number of seconds; got " + describe(value));
  }
  return round_to_milliseconds(*seconds);
}

}  // namespace larder
