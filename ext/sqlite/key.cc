// Keys, names and ids: what a number is as one.
#include "sqlite/key.h"

#include <charconv>
#include <cmath>

namespace larder {

std::optional<std::int64_t> integer_key(double real) {
  constexpr double kLimit = 9223372036854775808.0;  // 2^63
  if (!(real >= -kLimit && real < kLimit && real == std::trunc(real))) return std::nullopt;
  return static_cast<std::int64_t>(real);
}

NumberKey::NumberKey(sqlite3_value* number) {
  const double real = sqlite3_value_double(number);
  if (sqlite3_value_type(number) == SQLITE_INTEGER) {
    write(std::int64_t{sqlite3_value_int64(number)});
  } else if (const auto integer = integer_key(real)) {
    write(*integer);
  } else if (std::isinf(real)) {
    size_ = std::string_view(real > 0 ? "Inf" : "-Inf").copy(text_, kLongest);
  } else {
    write(real);
  }
}

template <class Type>
void NumberKey::write(Type number) {
  size_ = static_cast<std::size_t>(std::to_chars(text_, text_ + kLongest, number).ptr - text_);
}

std::string key_bytes(sqlite3_value* key) {
  switch (sqlite3_value_type(key)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return std::string(NumberKey(key).text());
    case SQLITE_BLOB:
      return std::string(bytes_of(key));
    default:
      return std::string(text_of(key));
  }
}

}  // namespace larder
