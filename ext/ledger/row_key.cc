// A key of one column: for each part a letter for its type, its length, a colon, its bytes.
#include "ledger/row_key.h"

#include <charconv>

#include "sqlite/value.h"

namespace larder {

namespace {

void append_part(std::string& key, sqlite3_value* value) {
  const std::string_view bytes = is_blob(value) ? bytes_of(value) : text_of(value);
  key += is_blob(value) ? 'b' : 't';
  key += std::to_string(bytes.size());
  key += ':';
  key += bytes;
}

}  // namespace

void write_row_key(std::string& key, sqlite3_value* ledger, sqlite3_value* id) {
  key.clear();
  append_part(key, ledger);
  append_part(key, id);
}

RowKey::RowKey(std::string_view key) : ledger_(take(key)), id_(take(key)) {}

RowKey::Part RowKey::take(std::string_view& key) {
  const char* const end = key.data() + key.size();
  std::size_t size = 0;
  const bool is_blob = key.starts_with('b');
  if (is_blob || key.starts_with('t')) {
    const auto [after, problem] = std::from_chars(key.data() + 1, end, size);
    if (problem == std::errc() && after != end && *after == ':' &&
        size <= static_cast<std::size_t>(end - after - 1)) {
      key = std::string_view(after + 1, static_cast<std::size_t>(end - after - 1));
      const Part part{is_blob, key.substr(0, size)};
      key.remove_prefix(size);
      return part;
    }
  }
  throw Error("that is not the key of a row");
}

void RowKey::bind(Query& query) const {
  int index = 0;
  for (const Part& part : {ledger_, id_}) {
    ++index;
    if (part.is_blob) {
      query.bind_blob(index, part.bytes);
    } else {
      query.bind(index, part.bytes);
    }
  }
}

}  // namespace larder
