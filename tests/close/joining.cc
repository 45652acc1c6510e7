// LARDER_JOIN: a connection that writes only where the caller writes, for engines that replicate
// what a transaction of theirs has written.
#include <gtest/gtest.h>

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

// Each call that writes, where it would have to begin or commit a transaction of its own.
TEST_F(Joining, refuses_what_writes_by_itself) {
  ASSERT_TRUE(
      db_.run("BEGIN IMMEDIATE; SELECT cache_set('k', 1), ledger_add('q', 'a'); COMMIT").ok());
  for (const char* call : {"cache_set('a', 1)",
                           "cache_add('a', 1)",
                           "cache_replace('k', 1)",
                           "cache_cas('k', 1, 2)",
                           "cache_incr('n')",
                           "cache_touch('k', 5)",
                           "cache_pop('k')",
                           "cache_del('k')",
                           "cache_clear()",
                           "cache_claim('k', 5)",
                           "ledger_mark('m', 1)",
                           "ledger_forget('q')",
                           "ledger_claim('q', 'a', 5)",
                           "ledger_next('q', 5)",
                           "ledger_done('q', 'a', 1)",
                           "ledger_skip('q', 'a', 'r')",
                           "ledger_add('q', 'b')",
                           "checkpoint_set('c', 1)",
                           "checkpoint_advance('c', 1)",
                           "checkpoint_del('c')",
                           "lease_acquire('l', 5)",
                           "lease_renew('l', 1, 5)",
                           "lease_release('l', 1)",
                           "run_start('r', 5)",
                           "run_tick(1)",
                           "run_finish(1)",
                           "kv_sweep()",
                           "kv_config('cache.default_ttl', 5)",
                           "migrate_baseline(0)"}) {
    const std::string name = std::string(call).substr(0, std::string(call).find('('));
    for (const char* before : {"", "BEGIN; "}) {
      const auto outcome = db_.run(std::string(before) + "SELECT " + call);
      EXPECT_EQ(outcome.code, SQLITE_ERROR) << before << call;
      EXPECT_EQ(outcome.message, name + ": " + kOutside) << before << call;
      if (db_.in_transaction()) db_.run("ROLLBACK");
    }
  }
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
