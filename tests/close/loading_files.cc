// Loading on files in every state: it writes nothing, waits for nothing, and succeeds.
#include <gtest/gtest.h>

#include <fstream>
#include <initializer_list>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

constexpr int kReadOnly = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;

int count_waits(void* waits, int) {
  ++*static_cast<int*>(waits);
  return 0;
}

TEST(loading_files, an_empty_file_stays_empty) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), "miss");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "0");
  EXPECT_EQ(db.close(), SQLITE_OK);
  std::error_code error;
  const auto size = std::filesystem::file_size(scratch.path("db"), error);
  EXPECT_TRUE(error || size == 0);
}

TEST(loading_files, no_database_at_all) {
  Scratch scratch;
  std::ofstream(scratch.path("db")) << std::string(5000, 'x');
  Database db(scratch.path("db"));
  EXPECT_TRUE(db.load().ok());
  for (const char* sql :
       {"SELECT cache_get('a')", "SELECT cache_set('a', 1)", "SELECT migrate_check()"}) {
    EXPECT_EQ(db.run(sql).code, SQLITE_NOTADB) << sql;
  }
  EXPECT_EQ(db.close(), SQLITE_OK);
}

// On a read-only connection everything is a miss, or readable; what writes says so.
void expect_reads_only(Database& db, const std::string& stored) {
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), stored);
  EXPECT_EQ(db.value("SELECT ledger_seen('a')"), stored == "miss" ? "0" : "1");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), stored == "miss" ? "0" : "1");
  EXPECT_EQ(db.value("SELECT migrate_check()"), "1");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_progress"), stored == "miss" ? "0" : "1");
  EXPECT_TRUE(db.run("SELECT * FROM kv_stats; SELECT * FROM kv_lease; SELECT * FROM kv_run").ok());
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_check WHERE status = 'error'"), "0");
  EXPECT_EQ(db.run("SELECT lease_check('a', 1)").code, SQLITE_ERROR);
  for (const char* sql : {"SELECT cache_set('b', 1)",
                          "SELECT cache_incr('b')",
                          "SELECT cache_add('b', 1)",
                          "SELECT cache_del('a')",
                          "SELECT cache_clear()",
                          "SELECT cache_touch('a', 5)",
                          "SELECT ledger_mark('b')",
                          "SELECT ledger_forget('default')",
                          "SELECT ledger_add('q', 'b')",
                          "SELECT ledger_next('q', 60)",
                          "SELECT ledger_claim('q', 'b', 60)",
                          "SELECT ledger_done('q', 'b', 1)",
                          "SELECT ledger_fail('q', 'b', 1, 'x')",
                          "SELECT ledger_renew('q', 'b', 1, 60)",
                          "SELECT ledger_skip('q', 'b', 'x')",
                          "INSERT INTO kv_ledger(ledger, id) VALUES ('q', 'b')",
                          "SELECT cache_claim('b', 5)",
                          "SELECT lease_acquire('b', 5)",
                          "SELECT lease_renew('b', 1, 5)",
                          "SELECT lease_release('b', 1)",
                          "SELECT run_start('b', 5)",
                          "SELECT run_tick(1)",
                          "SELECT run_finish(1)",
                          "SELECT checkpoint_set('b', 1)",
                          "SELECT checkpoint_advance('b', 1)",
                          "SELECT kv_config('cache.default_ttl', 1)",
                          "INSERT INTO kv_cache(key, value) VALUES ('b', 1)",
                          "DELETE FROM kv_cache WHERE key = 'a'"}) {
    const auto outcome = db.run(sql);
    EXPECT_EQ(outcome.primary(), SQLITE_READONLY) << sql << ": " << outcome;
    EXPECT_FALSE(db.in_transaction()) << sql;
  }
}

TEST(loading_files, read_only) {
  for (const char* mode : {"delete", "wal"}) {
    Scratch scratch;
    const std::string path = scratch.path("db");
    {
      Database db(path);
      ASSERT_TRUE(
          db.run(std::string("PRAGMA journal_mode = ") + mode + "; CREATE TABLE t(x)").ok());
    }
    Database empty(path, kReadOnly);
    ASSERT_TRUE(empty.load().ok());
    expect_reads_only(empty, "miss");
    EXPECT_EQ(empty.close(), SQLITE_OK);
    {
      Database db(path);
      ASSERT_TRUE(db.load("sqlite3_larder_bare_init").ok());
      ASSERT_TRUE(db.run("SELECT cache_set('a', 1), ledger_mark('a')").ok());
    }
    for (const std::string& name :
         {path, "file:" + path + "?mode=ro", "file:" + path + "?immutable=1"}) {
      Database full(name, kReadOnly);
      ASSERT_TRUE(full.load().ok());
      expect_reads_only(full, "1");
      EXPECT_EQ(full.close(), SQLITE_OK);
    }
  }
}

// PRAGMA query_only is a host's own way to be read-only.
TEST(loading_files, query_only) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1), ledger_mark('a'); PRAGMA query_only = ON").ok());
  expect_reads_only(db, "1");
}

TEST(loading_files, a_file_that_does_not_exist_opened_read_only) {
  Scratch scratch;
  Database db(scratch.path("none"), kReadOnly);
  ASSERT_EQ(db.open_code(), SQLITE_CANTOPEN);
}

// A reader must not be made to wait: the handler would be asked if SQLite met a lock.
void expect_no_wait(const std::string& path, const std::string& timeout) {
  Database db(path);
  int waits = 0;
  sqlite3_busy_handler(db.get(), count_waits, &waits);
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(waits, 0);
  // With a timeout of the host's in place of its handler.
  Database timed(path);
  ASSERT_TRUE(timed.run("PRAGMA busy_timeout = " + timeout).ok());
  ASSERT_TRUE(timed.load().ok());
  EXPECT_EQ(timed.value("PRAGMA busy_timeout"), timeout);
}

// With so long a timeout, a wait would be the test's own end.
constexpr const char* kAnHour = "3600000";

TEST(loading_files, locked_exclusively) {
  Scratch scratch;
  Database holder(scratch.path("db"));
  ASSERT_TRUE(holder.run("CREATE TABLE t(x); BEGIN EXCLUSIVE").ok());
  expect_no_wait(scratch.path("db"), kAnHour);

  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("PRAGMA busy_timeout = 1").ok());
  EXPECT_EQ(db.run("SELECT cache_get('a')").code, SQLITE_BUSY);
  EXPECT_EQ(db.run("SELECT cache_set('a', 1)").code, SQLITE_BUSY);
  EXPECT_FALSE(db.in_transaction());
  ASSERT_TRUE(holder.run("COMMIT").ok());
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), "miss");
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
}

// A WAL file is readable while somebody writes, except in exclusive locking mode. What could not be
// read at loading is looked at when the file is first used.
TEST(loading_files, wal_locked_exclusively) {
  Scratch scratch;
  Database holder(scratch.path("db"));
  ASSERT_TRUE(holder
                  .run("PRAGMA journal_mode = WAL; CREATE TABLE t(x);"
                       "PRAGMA locking_mode = exclusive; INSERT INTO t VALUES (1)")
                  .ok());
  expect_no_wait(scratch.path("db"), kAnHour);

  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("PRAGMA busy_timeout = 1").ok());
  EXPECT_EQ(db.run("SELECT cache_get('a')").code, SQLITE_BUSY);
  ASSERT_TRUE(holder.run("PRAGMA locking_mode = normal; SELECT * FROM t").ok());
  ASSERT_EQ(holder.close(), SQLITE_OK);
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), "miss");
  EXPECT_EQ(db.value("PRAGMA synchronous"), "1");
}

// Runs each of `calls`, which must fail with `code` after so many waits. Each wait is one call of
// the host's handler, which gives up at once.
void expect_waits(Database& db, std::initializer_list<const char*> calls, int code, int expected) {
  int waits = 0;
  ASSERT_EQ(sqlite3_busy_handler(db.get(), count_waits, &waits), SQLITE_OK);
  for (const char* sql : calls) {
    waits = 0;
    EXPECT_EQ(db.run(sql).primary(), code) << sql;
    EXPECT_EQ(waits, expected) << sql;
  }
}

// A call that needs the file waits for a lock once, and then tells; one that needs none does not
// wait.
void expect_one_wait(const std::string& path) {
  Database db(path);
  ASSERT_TRUE(db.load().ok());
  // Since 3.48 SQLite itself reads the schema before it compiles any SELECT.
  if (sqlite3_libversion_number() < 3048000) {
    expect_waits(db, {"SELECT kv_version()", "SELECT kv_busy_timeout()"}, SQLITE_OK, 0);
  }
  expect_waits(
      db,
      {"SELECT cache_get('a')", "SELECT cache_set('a', 1)", "SELECT cache_incr('a')",
       "SELECT ledger_mark('a')", "SELECT ledger_next('a', 5)", "SELECT ledger_claim('a', 'b', 5)",
       "SELECT checkpoint_get('a')", "SELECT lease_acquire('a', 5)", "SELECT run_start('a', 5)",
       "SELECT migrate()", "SELECT kv_sweep()", "SELECT kv_config('cache.policy')",
       "SELECT kv_config('cache.policy', 'fifo')"},
      SQLITE_BUSY, 1);
}

TEST(loading_files, a_lock_is_waited_for_once) {
  Scratch scratch;
  Database holder(scratch.path("db"));
  ASSERT_TRUE(holder.run("CREATE TABLE t(x); BEGIN EXCLUSIVE").ok());
  expect_one_wait(scratch.path("db"));
}

TEST(loading_files, a_lock_of_a_wal_file_is_waited_for_once) {
  Scratch scratch;
  Database holder(scratch.path("db"));
  ASSERT_TRUE(holder
                  .run("PRAGMA journal_mode = WAL; CREATE TABLE t(x);"
                       "PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE")
                  .ok());
  expect_one_wait(scratch.path("db"));
}

// The same for a connection that has read the file before the lock came.
TEST(loading_files, a_lock_that_comes_later_is_waited_for_once) {
  Scratch scratch;
  Database holder(scratch.path("db"));
  ASSERT_TRUE(holder.run("CREATE TABLE t(x)").ok());
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load("sqlite3_larder_bare_init").ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1); SELECT * FROM kv_check").ok());
  ASSERT_TRUE(holder.run("BEGIN EXCLUSIVE").ok());
  expect_waits(db,
               {"SELECT cache_get('a')", "SELECT cache_set('a', 1)", "SELECT * FROM kv_check",
                "SELECT * FROM kv_stats"},
               SQLITE_BUSY, 1);
}

TEST(loading_files, while_somebody_writes_wal) {
  Scratch scratch;
  Database holder(scratch.path("db"));
  ASSERT_TRUE(holder.run("PRAGMA journal_mode = WAL; CREATE TABLE t(x); BEGIN IMMEDIATE").ok());
  expect_no_wait(scratch.path("db"), kAnHour);
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("PRAGMA synchronous"), "1");
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), "miss");
}

TEST(loading_files, the_doctor_without_a_file) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT group_concat(name || ' ' || status || ' ' || message, '; ') FROM "
                     "kv_check WHERE name IN ('synchronous', 'file_system')"),
            "synchronous ok FULL, and nothing is on a disk; file_system ok no file");
}

// What a check cannot find out is told under the name of what it looked at, and the others go on.
TEST(loading_files, the_doctor_of_what_cannot_be_read) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
  const auto fail = [](sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_error(context, "typeof() is out of order", -1);
  };
  ASSERT_EQ(
      sqlite3_create_function(db.get(), "typeof", 1, SQLITE_UTF8, nullptr, fail, nullptr, nullptr),
      SQLITE_OK);
  EXPECT_EQ(db.value("SELECT group_concat(name) FROM kv_check WHERE status = 'error' AND message "
                     "GLOB '*typeof() is out of order'"),
            "cache");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_check WHERE name = 'migrations'"), "1");
}

// Bytes, times and neighbours of the file are as before.
TEST(loading_files, the_file_is_not_written) {
  Scratch scratch;
  const std::string path = scratch.path("db");
  { ASSERT_TRUE(Database(path).run("CREATE TABLE t(x)").ok()); }
  const auto before = std::filesystem::last_write_time(path);
  const auto size = std::filesystem::file_size(path);
  {
    Database db(path);
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT cache_get('a'); SELECT * FROM kv_cache; SELECT kv_clock(5)").ok());
  }
  EXPECT_EQ(std::filesystem::last_write_time(path), before);
  EXPECT_EQ(std::filesystem::file_size(path), size);
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
}

}  // namespace
