// What the host's authorizer hides from Larder (https://sqlite.org/c3ref/set_authorizer.html).
// Where it answers SQLITE_IGNORE, SQLite compiles a statement so that it reads NULL in place of a
// column, leaves the column as it is, or does nothing at all. Such a statement goes on doing so
// when the authorizer is gone.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "sqlite/api.h"

namespace larder {

// Which tables are read, and changed, whole, as far as it was looked at.
class Visible {
 public:
  // True when a statement with this text, just compiled, reads and changes all columns that it
  // names. Otherwise it must not be kept.
  bool is_whole(sqlite3* db, std::string_view sql);

  // The authorizer may be another one.
  void forget() {
    readable_.clear();
    changeable_.clear();
  }

 private:
  using Tables = std::set<std::string, std::less<>>;
  static bool is_whole(sqlite3* db, std::string_view table, Tables& known,
                       bool (*looks)(sqlite3*, const std::string&));

  Tables readable_;
  Tables changeable_;
};

}  // namespace larder
