// LARDER_JOIN: a connection that writes only where the caller writes, for engines that replicate
// what a transaction of theirs has written.
#include <gtest/gtest.h>

#include "faults/calls.h"
#include "support/database.h"

namespace {

using support::Database;

constexpr const char* kOutside =
    "outside a writing statement; call it inside BEGIN IMMEDIATE, or as INSERT INTO ... SELECT "
    "(LARDER_JOIN)";

class Joining : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(db_.run("PRAGMA journal_mode = delete; CREATE TABLE t(x)").ok());
    ASSERT_TRUE(db_.load("sqlite3_larder_join_init").ok());
  }
  support::Scratch scratch_;
  Database db_{scratch_.path("db")};
};

// Each call there is, on a file in which there is something for it.
class EachCall : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(support::fill(filler_, false)); }

  support::Outcome run_joining(const std::string& sql) {
    Database db(scratch_.path("db"));
    EXPECT_TRUE(db.load("sqlite3_larder_join_init").ok());
    support::prepare(db);
    return db.run(sql);
  }

 private:
  support::Scratch scratch_;
  Database filler_{scratch_.path("db")};
};

// A SELECT that calls what writes would have to begin or commit a transaction of its own.
TEST_F(EachCall, that_writes_by_itself_is_refused_when_joining) {
  for (const auto& call : support::all_calls()) {
    if (!call.writes) continue;
    const std::string sql = call.sql;
    const std::string name = sql.substr(7, sql.find('(') - 7);  // behind "SELECT "
    for (const std::string before : {"", "BEGIN; "}) {
      const auto outcome = run_joining(before + sql);
      EXPECT_EQ(outcome.code, SQLITE_ERROR) << before << sql;
      EXPECT_EQ(outcome.message, name + ": " + kOutside) << before << sql;
    }
  }
}

TEST_F(EachCall, that_reads_or_is_a_statement_that_writes_is_not) {
  for (const auto& call : support::all_calls()) {
    if (call.writes) continue;
    const auto outcome = run_joining(call.sql);
    EXPECT_TRUE(outcome.ok()) << call.sql << ": " << outcome;
  }
}

TEST_F(Joining, leaves_the_waiting_to_the_engine) {
  EXPECT_EQ(db_.run("SELECT kv_busy_timeout(100)").message,
            "kv_busy_timeout: the engine waits for its locks itself (LARDER_JOIN)");
}

TEST_F(Joining, writes_where_the_caller_writes) {
  ASSERT_TRUE(db_.run("INSERT INTO t SELECT cache_set('a', 1)").ok());
  ASSERT_TRUE(
      db_.run("BEGIN IMMEDIATE; SELECT cache_set('b', 2), ledger_mark('m', 1); COMMIT").ok());
  ASSERT_TRUE(db_.run("INSERT INTO kv_cache(key, value) VALUES ('c', 3)").ok());
  EXPECT_EQ(db_.value("SELECT cache_get('a') || cache_get('b') || cache_get('c')"), "123");
  EXPECT_EQ(db_.value("SELECT ledger_seen('m', 1)"), "1");
  ASSERT_TRUE(db_.run("BEGIN IMMEDIATE; SELECT cache_set('d', 2); ROLLBACK").ok());
  EXPECT_EQ(db_.value("SELECT cache_get('d')"), "NULL");
}

TEST_F(Joining, touches_no_pragma) {
  ASSERT_TRUE(db_.run("INSERT INTO t SELECT cache_set('a', 1)").ok());
  EXPECT_EQ(db_.value("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(db_.value("PRAGMA busy_timeout"), "0");
  EXPECT_EQ(db_.value("PRAGMA foreign_keys"), "0");
}

TEST(joining, by_the_environment) {
  setenv("LARDER_JOIN", "1", 1);
  for (const char* entry : {"sqlite3_larder_init", "sqlite3_larder_bare_init"}) {
    Database db;
    EXPECT_TRUE(db.load(entry).ok());
    EXPECT_EQ(db.run("SELECT cache_set('a', 1)").message, std::string("cache_set: ") + kOutside);
  }
  unsetenv("LARDER_JOIN");
}

}  // namespace
