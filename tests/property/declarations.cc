// Declared migrations follow transactions and savepoints as the rows of a table do: random
// statements on both.
#include <gtest/gtest.h>

#include <random>

#include "support/database.h"

namespace {

using support::Database;

class Declaring {
 public:
  explicit Declaring(unsigned seed) : random_(seed) {
    EXPECT_TRUE(db_.load().ok());
    EXPECT_TRUE(db_.run("CREATE TABLE t(version INTEGER NOT NULL UNIQUE)").ok());
  }

  void next() {
    if (one_in(2)) {
      change();
    } else if (!db_.in_transaction() || one_in(8)) {
      begin_or_end();
    } else {
      savepoint();
    }
    EXPECT_EQ(versions_in("kv_migration"), versions_in("t")) << statements_;
  }

 private:
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  bool one_in(int n) { return below(n) == 0; }

  void run(const std::string& sql, bool succeeds = true) {
    statements_ += sql + ";\n";
    const auto outcome = db_.run(sql);
    EXPECT_EQ(outcome.ok(), succeeds) << outcome << "\n" << statements_;
  }

  std::string versions_in(const std::string& table) {
    return db_.value("SELECT group_concat(version) FROM (SELECT version FROM " + table +
                     " ORDER BY version)");
  }

  // One statement that may fail at its last row, or a statement that removes some.
  void change() {
    const std::string bound = std::to_string(below(9));
    if (one_in(3)) {
      run("DELETE FROM kv_migration WHERE version % 4 < " + bound);
      return run("DELETE FROM t WHERE version % 4 < " + bound);
    }
    const bool fails = one_in(4);
    std::string rows = "(" + std::to_string(1 + below(20)) + ")";
    for (int more = below(3); more > 0; --more) rows += ", (" + std::to_string(1 + below(20)) + ")";
    if (fails) rows += ", (NULL)";
    run("INSERT INTO kv_migration(version, up) SELECT column1, 'CREATE TABLE u(x)' FROM (VALUES " +
            rows + ")",
        !fails);
    run("INSERT OR REPLACE INTO t SELECT column1 FROM (VALUES " + rows + ")", !fails);
  }

  void begin_or_end() {
    savepoints_ = 0;
    if (db_.in_transaction()) return run(one_in(2) ? "COMMIT" : "ROLLBACK");
    if (one_in(2)) return run("BEGIN");
    run("SAVEPOINT s" + std::to_string(savepoints_++));
  }

  void savepoint() {
    if (savepoints_ == 0 || one_in(2)) return run("SAVEPOINT s" + std::to_string(savepoints_++));
    const int level = below(savepoints_);
    const std::string name = "s" + std::to_string(level);
    if (one_in(2)) {
      run("RELEASE " + name);
      savepoints_ = level;
    } else {
      run("ROLLBACK TO " + name);
      savepoints_ = level + 1;
    }
  }

  std::mt19937 random_;
  Database db_;
  std::string statements_;
  int savepoints_ = 0;
};

TEST(declarations, follow_transactions_as_rows_do) {
  for (unsigned seed = 0; seed < 200 && !testing::Test::HasFailure(); ++seed) {
    Declaring declaring(seed);
    for (int i = 0; i < 40 && !testing::Test::HasFailure(); ++i) declaring.next();
  }
}

}  // namespace
