// Foreign keys around a migration. A table is rebuilt by dropping the old one, which with foreign
// keys on would delete the rows that refer to it: so they are off while scripts run, and what they
// would have said is checked afterwards (https://sqlite.org/lang_altertable.html#otheralter).
#pragma once

#include <map>
#include <string>
#include <utility>

#include "store/connection.h"

namespace larder {

// Off while it lives, and then as they were, whatever a script did to them. Make it before BEGIN
// and let it end after COMMIT.
class ForeignKeysOff {
 public:
  explicit ForeignKeysOff(Connection& connection);
  ForeignKeysOff(const ForeignKeysOff&) = delete;
  ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;
  ~ForeignKeysOff();

 private:
  void switch_to(int on);

  Connection& connection_;
  bool were_on_;
  bool applies_;
};

bool foreign_keys_are_on(sqlite3* db);

// The rows of the main database that refer to nothing, counted for each table and the table it
// refers to.
class Violations {
 public:
  static Violations find(Connection& connection);

  // Throws Error, naming a row, when there are more than `before`.
  void check_no_more_than(const Violations& before) const;

 private:
  struct Group {
    std::int64_t count = 0;
    std::string example;  // the rowid of one, or ""
  };
  std::map<std::pair<std::string, std::string>, Group> groups_;
  std::string failure_;  // why SQLite could not check, such as "foreign key mismatch"
};

}  // namespace larder
