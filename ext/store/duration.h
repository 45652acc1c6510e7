// Durations and moments as SQL values: seconds, or a text with one unit.
#pragma once

#include <optional>

#include "sqlite/value.h"

namespace larder {

// How long something lives. Nothing means for ever.
class Lifetime {
 public:
  static Lifetime forever() { return Lifetime(std::nullopt); }
  static Lifetime seconds(double seconds) { return Lifetime(seconds); }

  std::optional<double> seconds() const { return seconds_; }

  // Zero or negative: dead before it was born.
  bool is_over() const { return seconds_ && *seconds_ <= 0; }

  // The moment at which something that begins at `now` (Unix seconds) is dead; nothing means never.
  std::optional<double> end(double now) const;

 private:
  explicit Lifetime(std::optional<double> seconds) : seconds_(seconds) {}
  std::optional<double> seconds_;
};

// Reads a duration: seconds as a number or its text, a text with one unit ('500ms', '90s', '15m',
// '2h', '7d'), NULL or Inf for ever. A text is `[+-]digits[.digits][exponent][unit]` and nothing
// else, no space either. Throws Error `<what> must be a number of seconds, a text such
// as '15m', or NULL; got …`.
Lifetime lifetime_of(sqlite3_value* value, const char* what);

// Reads how long something is held: as lifetime_of(), but more than 0.
Lifetime lease_of(sqlite3_value* value, const char* what);

// Reads a number of seconds that may not be NULL or infinite, such as a moment in Unix seconds, or
// its text. Throws Error `<what> must be a number of seconds; got …`.
double seconds_of(sqlite3_value* value, const char* what);

// The lifetime, from `now` on, of what ends at the moment `value`: Unix seconds, NULL or Inf for
// never. Throws Error `<what> must be a time in Unix seconds or NULL; got …`.
Lifetime lifetime_until(sqlite3_value* value, double now, const char* what);

}  // namespace larder
