// A row as the hot cache keeps it.
#include "store/hot/row.h"

#include <string_view>

namespace larder {

namespace {

bool has_bytes(int type) { return type == SQLITE_TEXT || type == SQLITE_BLOB; }

}  // namespace

HotRow::HotRow(sqlite3_value* value, std::optional<double> deadline)
    : type_(value != nullptr ? sqlite3_value_type(value) : SQLITE_NULL),
      deadline_(deadline.value_or(HUGE_VAL)) {
  if (type_ == SQLITE_INTEGER) integer_ = sqlite3_value_int64(value);
  if (type_ == SQLITE_FLOAT) real_ = sqlite3_value_double(value);
  if (has_bytes(type_)) {
    const std::string_view bytes = bytes_of(value);  // of a text as of a BLOB: adds no NUL
    bytes_ = SharedBytes(bytes);
    size_ = bytes.size();
    is_c_string_ = type_ == SQLITE_TEXT && bytes.find('\0') == std::string_view::npos;
  }
}

void HotRow::give(Call& call) const {
  constexpr std::size_t kSmall = 256;  // below it a copy is cheaper than sharing
  const bool copies = size_ <= kSmall;
  char* data = copies ? bytes_.data() : bytes_.share();
  const auto destroy = copies ? SQLITE_TRANSIENT : SharedBytes::release;
  switch (type_) {
    case SQLITE_INTEGER:
      return call.result(integer_);
    case SQLITE_FLOAT:
      return call.result(real_);
    case SQLITE_TEXT:
      return call.result_text(data, is_c_string_ ? -1 : static_cast<int>(size_), destroy);
    case SQLITE_BLOB:
      return call.result_blob(data, static_cast<int>(size_), destroy);
    default:
      return call.result_null();
  }
}

std::size_t hot_row_size(sqlite3_value* value) {
  const int type = value != nullptr ? sqlite3_value_type(value) : SQLITE_NULL;
  return has_bytes(type) ? static_cast<std::size_t>(sqlite3_value_bytes(value)) : 0;
}

}  // namespace larder
