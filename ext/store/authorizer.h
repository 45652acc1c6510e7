// What the host's authorizer hides from Larder (https://sqlite.org/c3ref/set_authorizer.html).
// Where it answers SQLITE_IGNORE, SQLite compiles a statement so that it reads NULL in place of a
// column. Such a statement goes on reading NULL when the authorizer is gone.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "sqlite/api.h"

namespace larder {

// Which of Larder's tables are read whole, as far as it was looked at.
class Visible {
 public:
  // True when a statement with this text, just compiled, reads all columns. Otherwise it must not
  // be kept.
  bool is_whole(sqlite3* db, std::string_view sql);

  // The authorizer may be another one.
  void forget() { whole_.clear(); }

 private:
  std::set<std::string, std::less<>> whole_;
};

}  // namespace larder
