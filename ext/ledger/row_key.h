// The key of a row of kv_ledger, its ledger and its id, in one BLOB. To delete a row SQLite hands
// its key back.
#pragma once

#include <string>
#include <string_view>

#include "sqlite/statement.h"

namespace larder {

// Makes `key` that of the row. Its memory is used again: a scan writes one for each row.
void write_row_key(std::string& key, sqlite3_value* ledger, sqlite3_value* id);

class RowKey {
 public:
  // `key` must live as long as this. Throws Error unless write_row_key() made it.
  explicit RowKey(std::string_view key);

  // Binds ?1 and ?2.
  void bind(Query& query) const;

 private:
  struct Part {
    bool is_blob;
    std::string_view bytes;
  };
  static Part take(std::string_view& key);

  Part ledger_;
  Part id_;
};

}  // namespace larder
