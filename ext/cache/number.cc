// The arithmetic of cache_incr().
#include "cache/number.h"

#include <cmath>
#include <limits>
#include <string>

#include "sqlite/error.h"

namespace larder {

std::optional<Number> number_in(sqlite3_value* value) {
  return sqlite3_value_type(value) == SQLITE_TEXT ? std::nullopt : number_or_text_in(value);
}

std::optional<Number> number_or_text_in(sqlite3_value* value) {
  if (is_null(value) || is_blob(value)) return std::nullopt;
  switch (sqlite3_value_numeric_type(value)) {
    case SQLITE_INTEGER:
      return Number(std::int64_t{sqlite3_value_int64(value)});
    case SQLITE_FLOAT:
      return Number(sqlite3_value_double(value));
    default:
      return std::nullopt;
  }
}

namespace {

double real_of(Number number) {
  return std::visit([](auto n) { return static_cast<double>(n); }, number);
}

bool exceeds_integers(std::int64_t a, std::int64_t b) {
  using Range = std::numeric_limits<std::int64_t>;
  return b < 0 ? a < Range::min() - b : a > Range::max() - b;
}

}  // namespace

Number sum_of(Number value, Number delta) {
  const auto* a = std::get_if<std::int64_t>(&value);
  const auto* b = std::get_if<std::int64_t>(&delta);
  if (a != nullptr && b != nullptr) {
    if (exceeds_integers(*a, *b)) {
      throw Error("integer overflow: " + std::to_string(*a) + " + " + std::to_string(*b));
    }
    return *a + *b;
  }
  const double sum = real_of(value) + real_of(delta);
  if (!std::isfinite(sum)) throw Error("the sum of the value and delta is not a finite number");
  return sum;
}

}  // namespace larder
