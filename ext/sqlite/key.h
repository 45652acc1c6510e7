// Keys, names and ids: text, or a BLOB, which is no text's equal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sqlite/value.h"

namespace larder {

// The INTEGER that `real` is as a key; nothing when it has a fraction or does not fit.
std::optional<std::int64_t> integer_key(double real);

// The text that a number is as a key. SQLite's own text of a REAL will not do: its digits depend on
// the version, and 15 of them make distinct numbers one. A whole number that fits into 64 bits is
// its digits, whether it comes as INTEGER or as REAL (JavaScript has no other; -0.0 is 0). Any
// other REAL is the shortest text that reads back as the same number: '1.5', '1e+300'; what is
// infinite is 'Inf' or '-Inf', as in SQLite. (SQLite has no NaN: it makes that NULL.)
class NumberKey {
 public:
  // `number` must be an INTEGER or a REAL.
  explicit NumberKey(sqlite3_value* number);

  std::string_view text() const { return {text_, size_}; }

 private:
  template <class Type>
  void write(Type number);

  static constexpr std::size_t kLongest = 24;  // '-2.2250738585072014e-308'
  char text_[kLongest];
  std::size_t size_ = 0;
};

// The bytes of `key`, which may not be NULL: of a number or text those of the text in UTF-8. Throws
// std::bad_alloc.
std::string key_bytes(sqlite3_value* key);

}  // namespace larder
