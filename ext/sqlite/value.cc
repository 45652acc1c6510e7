// Reading the values SQLite hands to a callback.
#include "sqlite/value.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "sqlite/error.h"
#include "sqlite/utf8.h"

namespace larder {

OwnedValue copy_of(sqlite3_value* value) {
  OwnedValue copy(sqlite3_value_dup(value));
  if (!copy) throw std::bad_alloc();
  return copy;
}

// A conversion that finds no memory leaves NULL behind: so what it was is asked before.

std::string_view text_of(sqlite3_value* value) {
  const bool is_empty = is_null(value) || (is_blob(value) && sqlite3_value_bytes(value) == 0);
  const auto* data = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (data != nullptr) return {data, static_cast<std::size_t>(sqlite3_value_bytes(value))};
  if (!is_empty) throw std::bad_alloc();
  return {};
}

std::string_view bytes_of(sqlite3_value* value) {
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  const auto* data = static_cast<const char*>(sqlite3_value_blob(value));
  if (data == nullptr && size > 0) throw std::bad_alloc();
  return {data, size};
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string shown = "'";
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = text[at] == '\0' ? 0 : utf8_length(text, at);
    if (at + std::max<std::size_t>(length, 1) > kMost) break;
    shown += length == 0 ? kReplacementCharacter : text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return shown + (at < text.size() ? "...'" : "'");
}

std::string describe(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      return "NULL";
    case SQLITE_BLOB:
      return "a BLOB of " + std::to_string(sqlite3_value_bytes(value)) + " bytes";
    case SQLITE_TEXT:
      return quoted(text_of(value));
    default:
      return std::string(text_of(value));
  }
}

std::int64_t integer_of(sqlite3_value* value, const char* what) {
  const int type = sqlite3_value_type(value);
  if (type != SQLITE_NULL && type != SQLITE_BLOB) {
    const int numeric =
        sqlite3_value_numeric_type(value);  // turns the text '12' into 12, leaves 'x' alone
    if (numeric == SQLITE_INTEGER) return sqlite3_value_int64(value);
    constexpr double kLimit = 9223372036854775808.0;  // 2^63
    const double real = numeric == SQLITE_FLOAT ? sqlite3_value_double(value) : std::nan("");
    if (real >= -kLimit && real < kLimit && real == std::trunc(real))
      return static_cast<std::int64_t>(real);
  }
  throw Error(std::string(what) + " must be a whole number; got " + describe(value));
}

}  // namespace larder
