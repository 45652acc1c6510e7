// Under which key the hot cache keeps a row.
#include "store/hot/key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstring>

#include "sqlite/key.h"

namespace larder {

HotKey::HotKey(sqlite3* db, char table, sqlite3_value* key) {
  if (sqlite3_get_autocommit(db) == 0) return;
  append({&table, 1});
  append_value(key);
  finish();
}

// The length of the first part stands last: no part of one can be taken for part of the other.
HotKey::HotKey(sqlite3* db, char table, sqlite3_value* set, sqlite3_value* key) {
  if (sqlite3_get_autocommit(db) == 0) return;
  append({&table, 1});
  if (set != nullptr) {
    append_value(set);
  } else {
    append("tdefault");
  }
  const auto length = static_cast<std::uint16_t>(size_);
  append_value(key);
  append({reinterpret_cast<const char*>(&length), sizeof length});
  finish();
}

void HotKey::finish() {
  if (!fits_) size_ = 0;
  hash_ = XXH3_64bits(bytes_, size_);
}

void HotKey::append(std::string_view bytes) {
  fits_ = fits_ && bytes.size() <= kMost - size_;
  if (!fits_ || bytes.empty()) return;
  std::memcpy(bytes_ + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
}

// As Query::bind_key() and the TEXT column have it.
void HotKey::append_value(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_TEXT:
      append("t");
      return append(bytes_of(value));  // text_of() would have SQLite copy it to add a NUL
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      append("t");
      return append(NumberKey(value).text());
    case SQLITE_BLOB:
      append("b");
      return append(bytes_of(value));
    default:
      fits_ = false;
  }
}

}  // namespace larder
