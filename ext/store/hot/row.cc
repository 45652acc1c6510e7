// A row as the hot cache keeps it.
#include "store/hot/row.h"

#include <cstring>
#include <new>

namespace larder {

namespace {

bool has_bytes(int type) { return type == SQLITE_TEXT || type == SQLITE_BLOB; }

int type_of(sqlite3_value* value) {
  return value != nullptr ? sqlite3_value_type(value) : SQLITE_NULL;
}

}  // namespace

// A NUL stands behind the value, for whoever reads it as a C string.
HotRow::HotRow(const HashedKey& key, std::string_view value)
    : hash_(key.hash),
      value_size_(static_cast<std::uint32_t>(value.size())),
      key_size_(static_cast<std::uint32_t>(key.bytes.size())) {
  char* end = bytes() + value.copy(bytes(), value.size());
  *end = '\0';
  key.bytes.copy(end + 1, key.bytes.size());
}

HotRow::Owner HotRow::make(const HashedKey& key, std::string_view value) {
  void* block = sqlite3_malloc64(sizeof(HotRow) + value.size() + 1 + key.bytes.size());
  if (block == nullptr) throw std::bad_alloc();
  return Owner(new (block) HotRow(key, value));
}

HotRow::Owner HotRow::nothing(const HashedKey& key) { return make(key, std::string_view()); }

HotRow::Owner HotRow::make(const HashedKey& key, sqlite3_value* value,
                           std::optional<double> deadline) {
  const int type = type_of(value);
  // Those of a text as of a BLOB: SQLite adds no NUL.
  const std::string_view bytes = has_bytes(type) ? bytes_of(value) : std::string_view();
  Owner row = make(key, bytes);
  row->type_ = static_cast<std::uint8_t>(type);
  row->deadline_ = deadline.value_or(HUGE_VAL);
  if (type == SQLITE_INTEGER) row->integer_ = sqlite3_value_int64(value);
  if (type == SQLITE_FLOAT) row->real_ = sqlite3_value_double(value);
  row->is_c_string_ = type == SQLITE_TEXT && bytes.find('\0') == std::string_view::npos;
  return row;
}

void HotRow::give(Call& call) const {
  switch (type_) {
    case SQLITE_INTEGER:
      return call.result(integer_);
    case SQLITE_FLOAT:
      return call.result(real_);
    case SQLITE_TEXT:
      return call.result_text(share(), is_c_string_ ? -1 : static_cast<int>(value_size_),
                              release_bytes);
    case SQLITE_BLOB:
      return call.result_blob(share(), static_cast<int>(value_size_), release_bytes);
    default:
      return call.result_null();
  }
}

char* HotRow::share() const {
  ++shares_;
  return bytes();
}

void HotRow::release() noexcept {
  if (--shares_ == 0) sqlite3_free(this);
}

void HotRow::release_bytes(void* bytes) { (static_cast<HotRow*>(bytes) - 1)->release(); }

std::size_t hot_row_size(sqlite3_value* value) {
  return has_bytes(type_of(value)) ? static_cast<std::size_t>(sqlite3_value_bytes(value)) : 0;
}

void make_bytes(sqlite3_value* value) {
  if (has_bytes(type_of(value))) bytes_of(value);
}

}  // namespace larder
