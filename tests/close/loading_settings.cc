// Which settings of a connection loading changes, and when the file becomes WAL.
#include <gtest/gtest.h>

#include <cstdlib>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

constexpr const char* kBare = "sqlite3_larder_bare_init";

std::string settings(Database& db) {
  return db.value("PRAGMA busy_timeout") + " " + db.value("PRAGMA foreign_keys") + " " +
         db.value("PRAGMA synchronous") + " " + db.value("PRAGMA journal_mode");
}

TEST(loading_settings, defaults_are_changed) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_EQ(settings(db), "0 0 2 delete");
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(settings(db), "5000 1 2 delete");
}

// A journal in memory is a risk to a file, and none to a database that is there, too.
TEST(loading_settings, the_doctor_tells_memory_from_a_file) {
  Scratch scratch;
  const std::string file = scratch.path("db");
  for (const std::string& path :
       {std::string(":memory:"), std::string("file:/doctor?vfs=memdb"), file}) {
    Database db(path);
    ASSERT_TRUE(db.load().ok());
    ASSERT_EQ(db.value("PRAGMA journal_mode = memory"), "memory");
    EXPECT_EQ(db.value("SELECT status FROM kv_check WHERE name = 'journal_mode'"),
              path == file ? "warning" : "ok")
        << path;
  }
}

TEST(loading_settings, the_hosts_own_are_kept) {
  Scratch scratch;
  for (const char* synchronous : {"0", "1", "3"}) {
    for (const char* mode : {"delete", "wal"}) {
      Database db(scratch.path(std::string(mode) + synchronous));
      ASSERT_TRUE(db.run(std::string("PRAGMA journal_mode = ") + mode).ok());
      ASSERT_TRUE(db.run("PRAGMA busy_timeout = 123; CREATE TABLE t(x)").ok());
      ASSERT_TRUE(db.run(std::string("PRAGMA synchronous = ") + synchronous).ok());
      ASSERT_TRUE(db.load().ok());
      EXPECT_EQ(settings(db), std::string("123 1 ") + synchronous + " " + mode);
      ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
      EXPECT_EQ(settings(db), std::string("123 1 ") + synchronous + " wal");
    }
  }
}

// Loading has the schema read anew by a pragma that ends it.
TEST(loading_settings, a_schema_that_may_be_written_stays_so) {
  for (const char* before : {"ON", "OFF"}) {
    Database db;
    ASSERT_TRUE(db.run(std::string("PRAGMA writable_schema = ") + before).ok());
    const std::string may_be_written = db.value("PRAGMA writable_schema");
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("PRAGMA writable_schema"), may_be_written) << before;
  }
}

// The first write switches to WAL, not a read; the next connection finds it in the file.
TEST(loading_settings, wal_at_the_first_write) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_get('a'), ledger_seen('a'); SELECT * FROM kv_cache").ok());
  EXPECT_EQ(settings(db), "5000 1 2 delete");
  EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema"), "0");
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
  EXPECT_EQ(settings(db), "5000 1 1 wal");

  Database next(scratch.path("db"));
  ASSERT_EQ(settings(next), "0 0 2 wal");
  ASSERT_TRUE(next.load().ok());
  EXPECT_EQ(settings(next), "5000 1 1 wal");
  EXPECT_EQ(next.value("SELECT cache_get('a')"), "1");
}

TEST(loading_settings, every_kind_of_first_write_switches) {
  for (const char* sql :
       {"SELECT cache_set('a', 1)", "INSERT INTO kv_cache(key, value) VALUES ('a', 1)",
        "SELECT ledger_mark('a')", "SELECT checkpoint_set('a', 1)",
        "SELECT kv_config('cache.default_ttl', 5)",
        "INSERT INTO kv_migration(version, up) VALUES (1, 'SELECT 1'); SELECT migrate()"}) {
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    const auto outcome = db.run(sql);
    ASSERT_TRUE(outcome.ok()) << sql << ": " << outcome;
    // A statement that writes itself is a transaction already, in which no file becomes WAL.
    const bool is_insert = std::string(sql).find("INTO kv_cache") != std::string::npos;
    EXPECT_EQ(db.value("PRAGMA journal_mode"), is_insert ? "delete" : "wal") << sql;
  }
}

TEST(loading_settings, other_journal_modes_are_kept) {
  for (const char* mode : {"truncate", "persist", "memory", "off"}) {
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.run(std::string("PRAGMA journal_mode = ") + mode).ok());
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
    EXPECT_EQ(settings(db), std::string("5000 1 2 ") + mode);
  }
}

TEST(loading_settings, memory) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(settings(db), "5000 1 2 memory");
}

TEST(loading_settings, temporary_file) {
  Database db("");
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
}

// Bare: nothing is touched, at loading or at any later use, in a new file or in one that is WAL.
void expect_bare(const char* entry) {
  Scratch scratch;
  for (const char* mode : {"delete", "wal"}) {
    Database db(scratch.path(mode));
    ASSERT_TRUE(db.run(std::string("PRAGMA journal_mode = ") + mode + "; CREATE TABLE t(x)").ok());
    ASSERT_TRUE(db.load(entry).ok());
    EXPECT_EQ(settings(db), std::string("0 0 2 ") + mode);
    ASSERT_TRUE(db.run("SELECT cache_set('a', 1), ledger_mark('a'), kv_sweep()").ok());
    ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)');"
                       "SELECT migrate()")
                    .ok());
    EXPECT_EQ(settings(db), std::string("0 0 2 ") + mode);
  }
}

TEST(loading_settings, bare_entry_point) { expect_bare(kBare); }

TEST(loading_settings, bare_environment) {
  setenv("LARDER_BARE", "1", 1);
  expect_bare(nullptr);
  unsetenv("LARDER_BARE");
}

// Loading in the middle of a transaction changes nothing in it, and the write inside it goes on
// without WAL.
TEST(loading_settings, inside_a_transaction) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.run("CREATE TABLE t(x); BEGIN; INSERT INTO t VALUES (1)").ok());
  ASSERT_TRUE(db.load().ok());
  EXPECT_TRUE(db.in_transaction());
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_TRUE(db.in_transaction());
  ASSERT_TRUE(db.run("COMMIT").ok());
  EXPECT_EQ(db.value("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
}

TEST(loading_settings, first_write_inside_a_transaction_that_is_rolled_back) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("BEGIN; SELECT cache_set('a', 1); ROLLBACK").ok());
  EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema"), "0");
  EXPECT_EQ(db.value("SELECT cache_get('a', 'miss')"), "miss");
  EXPECT_EQ(db.value("SELECT cache_set('a', 2)"), "2");
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "2");
  EXPECT_EQ(db.value("PRAGMA journal_mode"), "wal");
}

// Another connection reads, so the file cannot become WAL; the write waits for it as any write
// would, and is done.
struct InTheWay {
  sqlite3_stmt* reader;
  int waits = 0;
};

int give_up_once(void* context, int count) {
  auto* way = static_cast<InTheWay*>(context);
  if (count == 0) ++way->waits;
  if (way->waits == 1) return 0;
  sqlite3_reset(way->reader);
  return 1;
}

TEST(loading_settings, another_connection_in_the_way_of_wal) {
  Scratch scratch;
  Database other(scratch.path("db"));
  ASSERT_TRUE(other.run("CREATE TABLE t(x); INSERT INTO t VALUES (1), (2)").ok());
  InTheWay way{other.prepare("SELECT x FROM t")};
  ASSERT_EQ(sqlite3_step(way.reader), SQLITE_ROW);

  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  sqlite3_busy_handler(db.get(), give_up_once, &way);
  const auto outcome = db.run("SELECT cache_set('a', 1)");
  EXPECT_TRUE(outcome.ok()) << outcome;
  EXPECT_EQ(db.value("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(db.value("PRAGMA synchronous"), "2");
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  sqlite3_finalize(way.reader);
}

// The schema is parsed anew when Larder is loaded. SQLite must not take one that is rolled back
// for the file's.
TEST(loading_settings, in_a_transaction_that_is_rolled_back) {
  for (const char* undo : {"ROLLBACK", "ROLLBACK TO s; COMMIT"}) {
    Scratch scratch;
    Database db(scratch.path("db")), other(scratch.path("db"));
    ASSERT_TRUE(db.run("CREATE TABLE base(x); BEGIN; SAVEPOINT s; CREATE TABLE mine(a, b)").ok());
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("SELECT count(*) FROM mine"), "0");
    ASSERT_TRUE(db.run(undo).ok());
    ASSERT_TRUE(other.run("CREATE TABLE theirs(p INTEGER PRIMARY KEY, q UNIQUE)").ok());
    EXPECT_EQ(db.run("INSERT INTO mine VALUES (1, 2)").message, "no such table: mine") << undo;
    EXPECT_EQ(other.value("PRAGMA integrity_check"), "ok");
  }
}

}  // namespace
