// Foreign keys around a migration. A table is rebuilt by dropping the old one, which with foreign
// keys on would delete the rows that refer to it: so they are off while scripts run, and what they
// would have said is checked afterwards (https://sqlite.org/lang_altertable.html#otheralter).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

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

// The rows of the main database that refer to nothing.
class Violations {
 public:
  static Violations find(Connection& connection);

  // Throws Failure, naming a row and saying what `remains`, when there is one that is not in
  // `before`.
  void check_all_in(const Violations& before, const std::string& remains) const;

 private:
  void find_in(Connection& connection, const std::string& table);

  // Table, rowid, the table it refers to, number of the constraint. A table WITHOUT ROWID has none:
  // there "" and the count tell.
  using Row = std::tuple<std::string, std::string, std::string, std::int64_t>;
  std::map<Row, std::int64_t> rows_;
  std::map<std::string, std::string> failures_;  // tables that SQLite could not check, and why
};

}  // namespace larder
