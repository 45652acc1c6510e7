// Files that somebody prepared: names of Larder's that are not Larder's, and values no Larder would
// have written.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// What is in the file before Larder comes.
class NotLarders : public testing::TestWithParam<const char*> {};

TEST_P(NotLarders, is_refused) {
  Database db;
  ASSERT_TRUE(db.run("CREATE TABLE secret(key, value, expires_at); INSERT INTO secret VALUES ('a', "
                     "'hidden', NULL)")
                  .ok());
  const auto made = db.run(GetParam());
  if (made.message == "no such module: fts5") GTEST_SKIP() << "this SQLite has no FTS5";
  ASSERT_TRUE(made.ok()) << made;
  ASSERT_TRUE(db.load().ok());
  for (const char* sql :
       {"SELECT cache_get('a')", "SELECT cache_set('a', 1)", "SELECT * FROM kv_cache",
        "INSERT INTO kv_cache(key, value) VALUES ('b', 1)", "SELECT ledger_mark('a')",
        "SELECT kv_sweep()"}) {
    const auto outcome = db.run(sql);
    EXPECT_EQ(outcome.code, SQLITE_ERROR) << sql << ": " << outcome;
    EXPECT_NE(outcome.message.find("in this database is not Larder's"), std::string::npos)
        << sql << ": " << outcome;
    EXPECT_FALSE(db.in_transaction()) << sql;
  }
  EXPECT_EQ(db.close(), SQLITE_OK);
}

INSTANTIATE_TEST_SUITE_P(
    schema, NotLarders,
    testing::Values(
        "CREATE VIEW larder_cache AS SELECT * FROM secret", "CREATE TABLE larder_cache(key, value)",
        "CREATE TABLE LARDER_CACHE(key, value)",
        "CREATE VIRTUAL TABLE larder_cache USING fts5(key, value, expires_at)",
        "CREATE TABLE larder_cache(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, created_at "
        "REAL NOT NULL, expires_at REAL, sweep_at REAL, used_at REAL, claimed_until REAL, "
        "value AS (upper(key)))",
        "CREATE TABLE larder_cache(id INTEGER PRIMARY KEY, key NOT NULL UNIQUE, created_at "
        "REAL NOT NULL, expires_at TEXT, sweep_at BLOB, used_at REAL, claimed_until REAL, value)",
        "CREATE TABLE larder_cache(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, created_at "
        "REAL NOT NULL, expires_at REAL, sweep_at REAL CHECK (sweep_at > 5), used_at REAL, "
        "claimed_until REAL, value)",
        "CREATE TABLE larder_meta(name, value)",
        "CREATE VIEW larder_meta AS SELECT 'schema' AS name, 1 AS value",
        "CREATE TABLE larder_ledger(ledger, id)", "CREATE TABLE larder_migration(version)",
        "CREATE TABLE larder_lease(name, owner, token)", "CREATE VIEW larder_run AS SELECT 1 AS id",
        "CREATE VIEW larder_checkpoint AS SELECT 1 AS name"));

// A TEMP table cannot take the place of one in the file.
TEST(hostile_files, temp_tables_are_not_seen) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("CREATE TEMP TABLE larder_cache(key, value); INSERT INTO temp.larder_cache "
                     "VALUES ('a', 'fake');"
                     "CREATE TEMP VIEW larder_meta AS SELECT 'schema' AS name, 99 AS value")
                  .ok());
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), "miss");
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  EXPECT_EQ(db.value("SELECT value FROM temp.larder_cache"), "fake");
}

// Values in good tables.
void expect_no_harm(Database& db, const std::string& what) {
  for (const char* sql : {"SELECT cache_get('a'), cache_has('a'), cache_ttl('a'), cache_stale('a')",
                          "SELECT * FROM kv_cache",
                          "SELECT * FROM kv_cache WHERE expires_at < 1e300 ORDER BY key",
                          "SELECT * FROM kv_stats",
                          "SELECT * FROM kv_check",
                          "SELECT * FROM kv_lease",
                          "SELECT * FROM kv_run",
                          "SELECT lease_check('a', 1)",
                          "SELECT lease_renew('a', 1, 10)",
                          "SELECT lease_acquire('a', 10, 'y')",
                          "SELECT lease_acquire('new', 10, 'y')",
                          "SELECT lease_release('a', 1)",
                          "SELECT run_tick(1)",
                          "SELECT run_start('a', 10)",
                          "SELECT run_finish(1)",
                          "SELECT cache_claim('a', 5)",
                          "SELECT cache_claim('c', 5)",
                          "SELECT * FROM kv_ledger",
                          "SELECT * FROM kv_progress",
                          "SELECT ledger_seen('l', 'a'), ledger_result('l', 'a')",
                          "SELECT * FROM kv_migration",
                          "SELECT * FROM kv_checkpoint",
                          "SELECT checkpoint_advance('a', 1)",
                          "SELECT cache_incr('a')",
                          "SELECT cache_touch('a', 5)",
                          "SELECT cache_set('b', 1)",
                          "SELECT cache_set('a', 1, 5)",
                          "UPDATE kv_cache SET ttl = 9",
                          "SELECT ledger_mark('l', 'a')",
                          "SELECT ledger_add('l', 'new', 1), ledger_claim('l', 'a', 60)",
                          "SELECT ledger_next('l', 60)",
                          "SELECT ledger_next('l', 60, 'me', 5)",
                          "SELECT ledger_renew('l', 'a', 1, 90), ledger_done('l', 'a', 1)",
                          "SELECT ledger_fail('l', 'new', 2, 'x'), ledger_skip('l', 'a', 'x')",
                          "INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('l', 'a')",
                          "SELECT ledger_claim('l', 'p', 60), ledger_release('l', 'p', 2)",
                          "UPDATE kv_ledger SET priority = 1, claimable_at = 5, payload = 'x'",
                          "UPDATE kv_ledger SET status = 'pending', attempts = 0",
                          "DELETE FROM kv_run",
                          "DELETE FROM kv_ledger WHERE id = 'new'",
                          "DELETE FROM kv_ledger",
                          "SELECT migrate_check()",
                          "SELECT migrate()",
                          "SELECT kv_config('cache.default_ttl'), kv_config('sweep.per_insert')",
                          "SELECT kv_sweep()",
                          "SELECT cache_pop('a')",
                          "SELECT cache_clear()"}) {
    const auto outcome = db.run(sql);
    const int code = outcome.primary();
    EXPECT_TRUE(code == SQLITE_OK || code == SQLITE_ERROR || code == SQLITE_CONSTRAINT)
        << what << " " << sql << ": " << outcome;
    EXPECT_FALSE(db.in_transaction()) << what << " " << sql;
  }
  EXPECT_EQ(db.value("PRAGMA quick_check"), "ok");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

class Values : public testing::TestWithParam<const char*> {};

TEST_P(Values, do_no_harm) {
  for (const char* value :
       {"NULL", "'text'", "''", "x'00ff'", "9e999", "-9e999", "0", "-1", "9223372036854775807",
        "-9223372036854775808", "1e300", "-1e300", "zeroblob(100000)", "'1' || char(0) || '2'"}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(
        db.run("SELECT kv_clock(1000); SELECT cache_set('a', 1, 60), cache_set('z', 1), "
               "ledger_mark('l', 'a', 1, 60), ledger_add('l', 'p', 1), ledger_claim('l', 'c', 5),"
               "checkpoint_set('a', 1), lease_acquire('a', 60, 'x'), run_start('a', 60), "
               "cache_claim('a', 60); INSERT INTO kv_migration(version, up) VALUES (1, "
               "'CREATE TABLE m(x)');"
               "SELECT migrate(); PRAGMA ignore_check_constraints = ON")
            .ok());
    std::string sql = GetParam();
    sql.replace(sql.find('?'), 1, value);
    db.run(sql);  // a constraint of the table's may refuse it already
    expect_no_harm(db, sql);
  }
}

INSTANTIATE_TEST_SUITE_P(
    column, Values,
    testing::Values(
        "UPDATE larder_cache SET expires_at = ?", "UPDATE larder_cache SET sweep_at = ?",
        "UPDATE larder_cache SET created_at = ?", "UPDATE larder_cache SET id = ? WHERE key = 'a'",
        "UPDATE larder_cache SET key = ? WHERE key = 'a'",
        "INSERT OR REPLACE INTO larder_meta VALUES ('cache.default_ttl', ?)",
        "INSERT OR REPLACE INTO larder_meta VALUES ('sweep.per_insert', ?)",
        "UPDATE larder_meta SET value = ? WHERE name = 'schema'",
        "UPDATE larder_ledger SET expires_at = ?", "UPDATE larder_ledger SET done_at = ?",
        "UPDATE larder_cache SET claimed_until = ?", "UPDATE larder_cache SET value = ?",
        "UPDATE larder_lease SET token = ?", "UPDATE larder_lease SET owner = ?",
        "UPDATE larder_lease SET expires_at = ?", "UPDATE larder_lease SET acquired_at = ?",
        "UPDATE larder_run SET id = ?", "UPDATE larder_run SET job = ?",
        "UPDATE larder_run SET status = ?", "UPDATE larder_run SET started_at = ?",
        "UPDATE larder_run SET heartbeat_at = ?", "UPDATE larder_run SET lease = ?",
        "UPDATE larder_run SET lease_until = ?", "UPDATE larder_run SET done = ?",
        "UPDATE larder_run SET total = ?", "UPDATE larder_run SET error = ?",
        "INSERT OR REPLACE INTO larder_meta VALUES ('lease.last_token', ?)",
        "INSERT OR REPLACE INTO larder_meta VALUES ('run.last_id', ?)",
        "UPDATE larder_ledger SET status = ?", "UPDATE larder_ledger SET token = ?",
        "UPDATE larder_ledger SET claimable_at = ?", "UPDATE larder_ledger SET attempts = ?",
        "UPDATE larder_ledger SET in_line_since = ?", "UPDATE larder_ledger SET priority = ?",
        "UPDATE larder_ledger SET claimed_at = ?", "UPDATE larder_ledger SET created_at = ?",
        "UPDATE larder_ledger SET payload = ?", "UPDATE larder_ledger SET id = ? WHERE id = 'p'",
        "INSERT OR REPLACE INTO larder_meta VALUES ('ledger.fence', ?)",
        "INSERT OR REPLACE INTO larder_meta VALUES ('ledger.max_attempts', ?)",
        "INSERT OR REPLACE INTO larder_meta VALUES ('ledger.max_attempts.l', ?)",
        "INSERT OR REPLACE INTO larder_meta VALUES ('run.keep', ?)",
        "UPDATE larder_checkpoint SET updated_at = ?", "UPDATE larder_migration SET version = ?",
        "UPDATE larder_migration SET checksum = ?",
        "UPDATE larder_migration SET applied_at = ?, duration = 'x'"));

// The same before Larder's first look at the file.
TEST(hostile_files, schema_versions) {
  struct Case {
    const char* value;
    bool writable;
  };
  for (const auto& [value, writable] :
       {Case{"1", true}, Case{"0", true}, Case{"-5", true}, Case{"NULL", true},
        Case{"'text'", true}, Case{"x'00'", true}, Case{"2", true}, Case{"3", false},
        Case{"9223372036854775807", false}, Case{"1e300", false}, Case{"'99'", false}}) {
    Scratch scratch;
    {
      Database db(scratch.path("db"));
      ASSERT_TRUE(db.load().ok());
      ASSERT_TRUE(db.run("SELECT cache_set('a', 'old')").ok());
      ASSERT_TRUE(
          db.run(std::string("UPDATE larder_meta SET value = ") + value + " WHERE name = 'schema'")
              .ok());
    }
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("SELECT cache_get('a')"), "old") << value;
    const auto outcome = db.run("SELECT cache_set('a', 'new')");
    EXPECT_EQ(outcome.ok(), writable) << value << ": " << outcome;
    if (!writable) {
      EXPECT_NE(outcome.message.find("this Larder knows version 2"), std::string::npos) << outcome;
    }
  }
}

// A connection that has written already notices when a later Larder changes the tables: by the call
// after the first that met them, whatever that was, and whether it had made that call before.
TEST(hostile_files, newer_tables_beside_an_open_connection) {
  const char* calls[] = {"SELECT ledger_add('q', random())",
                         "SELECT ledger_mark(random())",
                         "SELECT cache_set(random(), 1)",
                         "SELECT checkpoint_set('c', random())",
                         "SELECT ledger_claim('q', random(), '5m')",
                         "INSERT INTO kv_cache(key, value) VALUES (random(), 1)",
                         "INSERT INTO kv_ledger(ledger, id) VALUES ('q', random())"};
  for (const bool is_warm : {true, false}) {
    for (const char* first : calls) {
      Scratch scratch;
      Database db(scratch.path("db"));
      ASSERT_TRUE(db.load().ok());
      ASSERT_TRUE(db.run("SELECT lease_acquire('l', 60)").ok());
      for (int i = 0; i < 3 && is_warm; ++i)
        for (const char* call : calls) ASSERT_TRUE(db.run(call).ok()) << call;
      Database other(scratch.path("db"));
      ASSERT_TRUE(other
                      .run("ALTER TABLE larder_ledger ADD COLUMN later;"
                           "ALTER TABLE larder_cache ADD COLUMN later;"
                           "UPDATE larder_meta SET value = 99 WHERE name = 'schema'")
                      .ok());
      db.run(first);
      for (const char* call : calls) {
        const auto outcome = db.run(call);
        EXPECT_NE(outcome.message.find("this Larder knows version 2"), std::string::npos)
            << first << ", then " << call << ": " << outcome;
      }
    }
  }
}

// A newer version's tables may look different: reading does what it can, without a crash.
TEST(hostile_files, newer_tables_with_other_columns) {
  for (const char* table : {"larder_cache", "larder_ledger", "larder_checkpoint", "larder_lease",
                            "larder_run", "larder_migration"}) {
    Database db;
    ASSERT_TRUE(
        db.run("CREATE TABLE larder_meta(name TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID;"
               "INSERT INTO larder_meta VALUES ('schema', 3)")
            .ok());
    ASSERT_TRUE(db.run(std::string("CREATE TABLE ") + table + "(entirely, different)").ok());
    ASSERT_TRUE(db.load().ok());
    expect_no_harm(db, table);
  }
}

// A trigger in the file that calls Larder, and so itself, for ever.
TEST(hostile_files, a_trigger_that_calls_itself) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(
      db.run("SELECT cache_set('a', 1);"
             "CREATE TRIGGER again AFTER UPDATE ON larder_cache BEGIN SELECT cache_incr('a'); END")
          .ok());
  const auto outcome = db.run("SELECT cache_set('a', 2)");
  EXPECT_EQ(outcome.code, SQLITE_ERROR) << outcome;
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  support::expect_sound(db);
}

TEST(hostile_files, a_trigger_that_reads) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("CREATE TABLE log(x); SELECT cache_set('a', 1);"
                     "CREATE TRIGGER t AFTER UPDATE ON larder_cache BEGIN INSERT INTO log SELECT "
                     "cache_get('a'); END")
                  .ok());
  EXPECT_EQ(db.value("SELECT cache_set('a', 2)"), "2");
  EXPECT_EQ(db.value("SELECT x FROM log"), "2");
}

}  // namespace
