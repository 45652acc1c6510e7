// The key of a row of kv_ledger, its ledger and its id, in one BLOB. To delete a row SQLite hands
// its key back.
#pragma once

#include <string>
#include <string_view>

#include "sqlite/statement.h"

namespace larder {

std::string row_key(sqlite3_value* ledger, sqlite3_value* id);

class RowKey {
 public:
  // `key` must live as long as this. Throws Error unless row_key() made it.
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
