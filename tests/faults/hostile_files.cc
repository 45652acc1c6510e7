// Files that somebody prepared: names of Larder's that are not Larder's, and versions that are to
// come.
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

// Larder has not looked at the file before.
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
