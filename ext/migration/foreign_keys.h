// Foreign keys around a migration. A table is rebuilt by copying it and dropping the old one; with
// foreign keys on, that DROP would delete the rows that refer to it. So they are off while scripts
// run, and are checked afterwards (https://sqlite.org/lang_altertable.html#otheralter).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "store/connection.h"

namespace larder {

// Foreign keys are off while it lives, and afterwards as they were before, whatever a script did to
// them. Make it before BEGIN and let it end after COMMIT.
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

// The rows of the main database whose foreign keys refer to no row.
class Violations {
 public:
  static Violations find(Connection& connection);

  // Throws Failure for a row that is not in `before`. It names the row and says what `remains`.
  void check_all_in(const Violations& before, const std::string& remains) const;

 private:
  void find_in(Connection& connection, const std::string& table);

  // Table, rowid, the table it refers to, number of the constraint. In a table WITHOUT ROWID the
  // rowid is "", and only the number of such rows is known.
  using Row = std::tuple<std::string, std::string, std::string, std::int64_t>;
  std::map<Row, std::int64_t> rows_;
  std::map<std::string, std::string> failures_;  // tables that SQLite could not check, and why
};

}  // namespace larder
