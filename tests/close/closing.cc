// sqlite3_close() and sqlite3_close_v2() after every kind of use: Larder keeps statements compiled,
// and none may be in the way.
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// One line for each kind of use; after any of them a connection must close.
const char* const kUses[] = {
    "SELECT kv_version()",
    "SELECT cache_get('a')",
    "SELECT cache_set('a', 1)",
    "SELECT cache_set('a', 1); SELECT cache_get('a'), cache_has('a'), cache_ttl('a')",
    "SELECT cache_incr('n'), cache_add('b', 1), cache_pop('n'), cache_clear()",
    "INSERT INTO kv_cache(key, value) VALUES ('k', 1); SELECT * FROM kv_cache WHERE key GLOB 'k*'",
    "SELECT ledger_mark('a'), ledger_seen('a'); SELECT * FROM kv_ledger; SELECT * FROM kv_progress",
    "SELECT ledger_add('q', 'a'), ledger_next('q', 60), ledger_done('q', 'a', 2)",
    "INSERT INTO kv_ledger(ledger, id) VALUES ('q', 'a'); DELETE FROM kv_ledger",
    "SELECT checkpoint_set('a', 1), checkpoint_get('a'); SELECT * FROM kv_checkpoint",
    "INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'); SELECT migrate()",
    "INSERT INTO kv_migration(version, up) VALUES (1, ''); SELECT * FROM kv_migration",
    "SELECT lease_acquire('a', 60), lease_renew('a', 1, 60); SELECT lease_check('a', 1)",
    "SELECT lease_acquire('a', 60), lease_release('a', 1); SELECT * FROM kv_lease",
    "SELECT run_start('a', 60), run_tick(1), run_finish(1); SELECT * FROM kv_run",
    "SELECT cache_claim('a', 60), cache_stale('a'), cache_claim('a', 60)",
    "SELECT kv_busy_timeout(100), cache_set('a', 1), kv_busy_timeout()",
    "SELECT kv_sweep(), kv_config('cache.default_ttl', 60)",
    "SELECT * FROM kv_stats; SELECT * FROM kv_help",
    "SELECT * FROM kv_check; SELECT cache_set('a', 1); SELECT * FROM kv_check",
    "SELECT * FROM kv_hook",
    "BEGIN; SELECT cache_set('a', 1); SELECT ledger_mark('x')",
    "SAVEPOINT mine; SELECT cache_set('a', 1); ROLLBACK TO mine",
    "PRAGMA temp_store = memory; CREATE TEMP TABLE kv_hook(x); SELECT cache_set('a', 1)",
};

class Closing : public testing::TestWithParam<const char*> {};

TEST_P(Closing, succeeds_after) {
  Scratch scratch;
  for (const std::string& path : {scratch.path("db"), std::string(":memory:")}) {
    Database db(path);
    ASSERT_TRUE(db.load().ok());
    const auto outcome = db.run(GetParam());
    ASSERT_TRUE(outcome.ok()) << outcome;
    EXPECT_EQ(db.close(), SQLITE_OK) << path;
  }
}

TEST_P(Closing, v2_succeeds_after) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run(GetParam()).ok());
  EXPECT_EQ(db.close_v2(), SQLITE_OK);
}

INSTANTIATE_TEST_SUITE_P(use, Closing, testing::ValuesIn(kUses));

// A failed call must leave nothing open either.
TEST(closing, succeeds_after_errors) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  for (const char* sql :
       {"SELECT cache_set('a', 1, 'soon')", "SELECT cache_get(NULL)",
        "SELECT migrate('no such folder')", "SELECT kv_config('no.such')",
        "INSERT INTO kv_cache(key) VALUES (NULL)", "SELECT lease_check('a', 1)",
        "SELECT run_start('a', 0)", "SELECT ledger_next('a', 'soon')", "SELECT kv_busy_timeout(-1)",
        "SELECT cache_incr('t'), cache_set('t', 'x'), cache_incr('t')"}) {
    EXPECT_FALSE(db.run(sql).ok()) << sql;
  }
  EXPECT_EQ(db.close(), SQLITE_OK);
}

// The statement is the user's, and so is the SQLITE_BUSY; Larder works on, and the next close may
// succeed.
TEST(closing, that_the_users_statement_prevents_leaves_larder_working) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_EQ(db.value("SELECT cache_set('a', 1, 60)"), "1");
  sqlite3_stmt* open = db.prepare("SELECT 1 UNION SELECT 2");
  ASSERT_EQ(sqlite3_step(open), SQLITE_ROW);
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
    EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
    EXPECT_EQ(db.value("SELECT cache_incr('n')"), std::to_string(round + 1));
    EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "2");
  }
  sqlite3_finalize(open);
  EXPECT_EQ(db.close(), SQLITE_OK);
}

// An open cursor of kv_cache holds one of Larder's own statements, running.
TEST(closing, that_an_open_cursor_prevents_leaves_larder_working) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1), cache_set('b', 2), cache_set('c', 3)").ok());
  sqlite3_stmt* cursor = db.prepare("SELECT key FROM kv_cache ORDER BY key");
  ASSERT_EQ(sqlite3_step(cursor), SQLITE_ROW);
  ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
  EXPECT_EQ(db.value("SELECT cache_get('b')"), "2");
  EXPECT_EQ(db.value("SELECT group_concat(key) FROM kv_cache"), "a,b,c");
  ASSERT_EQ(sqlite3_step(cursor), SQLITE_ROW);
  EXPECT_STREQ(reinterpret_cast<const char*>(sqlite3_column_text(cursor, 0)), "b");
  ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
  sqlite3_reset(cursor);
  ASSERT_EQ(sqlite3_step(cursor), SQLITE_ROW);  // starts over
  EXPECT_STREQ(reinterpret_cast<const char*>(sqlite3_column_text(cursor, 0)), "a");
  sqlite3_finalize(cursor);
  EXPECT_EQ(db.close(), SQLITE_OK);
}

// After sqlite3_close_v2() a connection lives on until its last statement is finalized. SQLite lets
// nothing new be compiled then, so a function that needs to says so; nothing crashes or leaks (the
// sanitizers watch).
TEST(closing, v2_with_open_statements) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1), cache_set('b', 2)").ok());
  sqlite3_stmt* half_read = db.prepare("SELECT key FROM kv_cache");
  ASSERT_EQ(sqlite3_step(half_read), SQLITE_ROW);
  sqlite3_stmt* unstarted = db.prepare("SELECT cache_get('a')");
  sqlite3_stmt* writer = db.prepare("SELECT cache_set('c', 3)");
  sqlite3_stmt* table = db.prepare("SELECT count(*) FROM kv_ledger");
  ASSERT_EQ(db.close_v2(), SQLITE_OK);
  EXPECT_EQ(sqlite3_step(half_read), SQLITE_ROW);
  EXPECT_EQ(sqlite3_step(half_read), SQLITE_DONE);
  for (sqlite3_stmt* statement : {unstarted, writer, table}) {
    const int rc = sqlite3_step(statement);
    EXPECT_TRUE(rc == SQLITE_ROW || rc == SQLITE_ERROR || rc == SQLITE_MISUSE) << rc;
  }
  for (sqlite3_stmt* statement : {unstarted, half_read, table, writer}) sqlite3_finalize(statement);

  Database again(scratch.path("db"));
  ASSERT_TRUE(again.load().ok());
  EXPECT_EQ(again.value("SELECT group_concat(key) FROM (SELECT key FROM kv_cache ORDER BY key)"),
            "a,b");
  support::expect_sound(again);
}

TEST(closing, v2_inside_a_transaction_rolls_back) {
  Scratch scratch;
  {
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
    ASSERT_TRUE(db.run("BEGIN; SELECT cache_set('b', 2)").ok());
    sqlite3_stmt* open = db.prepare("SELECT key FROM kv_cache");
    ASSERT_EQ(sqlite3_step(open), SQLITE_ROW);
    ASSERT_EQ(db.close_v2(), SQLITE_OK);
    sqlite3_finalize(open);
  }
  Database again(scratch.path("db"));
  ASSERT_TRUE(again.load().ok());
  EXPECT_EQ(again.value("SELECT group_concat(key) FROM kv_cache"), "a");
}

TEST(closing, many_connections) {
  Scratch scratch;
  for (int i = 0; i < 300; ++i) {
    Database db(i % 2 ? scratch.path("db") : ":memory:");
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT cache_incr('n'), cache_get('n'), ledger_mark('x')").ok());
    ASSERT_EQ(db.close(), SQLITE_OK);
  }
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT cache_get('n')"), "150");
}

TEST(closing, many_connections_open_at_once) {
  Scratch scratch;
  std::vector<std::unique_ptr<Database>> all;
  for (int i = 0; i < 50; ++i) {
    all.push_back(std::make_unique<Database>(scratch.path("db")));
    ASSERT_TRUE(all.back()->load().ok());
    ASSERT_TRUE(all.back()->run("SELECT cache_incr('n')").ok());
  }
  EXPECT_EQ(all.front()->value("SELECT cache_get('n')"), "50");
  for (auto& db : all) EXPECT_EQ(db->close(), SQLITE_OK);
}

// A statement that waits for its next use shows nothing of what its last use gave it, which may
// have been freed since.
TEST(closing, statements_in_wait_hold_nothing_of_the_caller) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  for (const char* sql :
       {"SELECT cache_set('mine', 'mine')", "SELECT cache_get('mine'), cache_get('mine')",
        "SELECT ledger_mark('mine', 'mine', 'mine')", "SELECT ledger_add('mine', 'mine2', 'mine')",
        "SELECT checkpoint_set('mine', 'mine')", "SELECT lease_acquire('mine', 60, 'mine')",
        "INSERT OR REPLACE INTO kv_cache(key, value) VALUES ('mine', printf('%2000s', 'mine'))",
        "SELECT * FROM kv_cache WHERE key GLOB 'mine*'"}) {
    ASSERT_TRUE(db.run(sql).ok()) << sql;
  }
  int statements = 0;
  for (sqlite3_stmt* idle = nullptr; (idle = sqlite3_next_stmt(db.get(), idle)) != nullptr;) {
    const std::unique_ptr<char, void (*)(void*)> shown(sqlite3_expanded_sql(idle), sqlite3_free);
    EXPECT_EQ(std::string(shown.get()).find("mine"), std::string::npos) << shown.get();
    ++statements;
  }
  EXPECT_GT(statements, 8);
}

// A host that finalizes whatever sqlite3_next_stmt() finds before it closes, as many do, would
// finalize Larder's statements under its feet. What it may find is harmless once it has been asked
// to close.
TEST(closing, leaves_no_statement_for_the_host_to_find_after_a_refused_close) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1), cache_get('a')").ok());
  sqlite3_stmt* mine = db.prepare("SELECT 1");
  ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
  EXPECT_EQ(sqlite3_next_stmt(db.get(), nullptr), mine);
  EXPECT_EQ(sqlite3_next_stmt(db.get(), mine), nullptr);
  sqlite3_finalize(mine);
  EXPECT_EQ(db.close(), SQLITE_OK);
}

// The close hook is connected: without it every call would compile its statements again.
TEST(closing, statements_are_kept) {
  Database db(":memory:");
  ASSERT_TRUE(db.load().ok());
  db.run("SELECT cache_set('a', 1), cache_get('a')");
  EXPECT_NE(sqlite3_next_stmt(db.get(), nullptr), nullptr);
  EXPECT_EQ(db.close(), SQLITE_OK);
}

}  // namespace
