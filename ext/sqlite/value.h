// Reading the values SQLite hands to a callback.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "sqlite/api.h"

namespace larder {

using Values = std::span<sqlite3_value*>;

// A value of our own, which outlives the row or call it came from.
struct ValueDeleter {
  void operator()(sqlite3_value* value) const { sqlite3_value_free(value); }
};
using OwnedValue = std::unique_ptr<sqlite3_value, ValueDeleter>;

// Throws std::bad_alloc.
OwnedValue copy_of(sqlite3_value* value);

inline bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }
inline bool is_blob(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_BLOB; }

// The value's text in UTF-8, numbers converted, NULL as the empty text. Valid until `value` is
// converted again or the callback returns. Throws std::bad_alloc.
std::string_view text_of(sqlite3_value* value);

// The bytes of a BLOB. Valid as text_of().
std::string_view bytes_of(sqlite3_value* value);

// How an error message shows a text: 'soon'. Long ones are cut, and what is no UTF-8 or a NUL,
// which would end the message, is U+FFFD: a host may be unable to read the message otherwise.
std::string quoted(std::string_view text);

// How an error message shows a value: 'soon', 12, NULL, a BLOB of 3 bytes.
std::string describe(sqlite3_value* value);

// `value` as a whole number: an INTEGER, a REAL without a fraction, or the text of one (many
// bindings send text). Throws Error `<what> must be a whole number; got …`.
std::int64_t integer_of(sqlite3_value* value, const char* what);

}  // namespace larder
