// A file is switched to WAL once in its life, however its first write came about (defects B3, B4).
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

std::string mode_of(Database& db) { return db.value("PRAGMA journal_mode"); }

int deny_meta(void*, int action, const char* table, const char*, const char*, const char*) {
  const bool writes_meta = action == SQLITE_INSERT && std::string_view(table) == "larder_meta";
  return writes_meta ? SQLITE_DENY : SQLITE_OK;
}

// First writes by which a file cannot be switched at once.
class FirstWrite : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    Database db(path());
    ASSERT_TRUE(
        db.run("CREATE TABLE item(id); CREATE TABLE t(x); INSERT INTO t VALUES (1), (2)").ok());
    ASSERT_TRUE(db.load().ok());
    const auto written = db.run(GetParam());
    ASSERT_TRUE(written.ok()) << written;
    ASSERT_EQ(mode_of(db), "delete");
  }
  std::string path() const { return scratch_.path("db"); }

  // So that the switch is still owed when the reader has gone.
  void load_beside_a_reader(Database& db) {
    Database other(path());
    sqlite3_stmt* reader = other.prepare("SELECT x FROM t");
    ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
    ASSERT_TRUE(db.load().ok());
    sqlite3_finalize(reader);
  }

  Scratch scratch_;
};

TEST_P(FirstWrite, the_next_load_switches) {
  Database db(path());
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(mode_of(db), "wal");
  EXPECT_EQ(db.value("PRAGMA synchronous"), "1");
}

// Somebody in the way of a load is not waited for; the next load does it.
TEST_P(FirstWrite, a_load_tries_once) {
  Database other(path());
  sqlite3_stmt* reader = other.prepare("SELECT x FROM t");
  ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
  Database db(path());
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(mode_of(db), "delete");
  sqlite3_finalize(reader);
  EXPECT_EQ(db.value("SELECT cache_get('nothing', 'miss')"), "miss");
  EXPECT_EQ(mode_of(db), "delete");  // it was only a read
  Database next(path());
  ASSERT_TRUE(next.load().ok());
  EXPECT_EQ(mode_of(next), "wal");
}

// So does a call that writes and finds no transaction open.
TEST_P(FirstWrite, the_next_bare_call_that_writes_switches) {
  Database db(path());
  ASSERT_NO_FATAL_FAILURE(load_beside_a_reader(db));
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(mode_of(db), "wal");
  EXPECT_EQ(db.value("PRAGMA synchronous"), "1");
}

// A default must not fail a call.
TEST_P(FirstWrite, a_switch_that_cannot_be_recorded_fails_no_call) {
  Database db(path());
  ASSERT_NO_FATAL_FAILURE(load_beside_a_reader(db));
  sqlite3_set_authorizer(db.get(), deny_meta, nullptr);
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(mode_of(db), "wal");
}

TEST_P(FirstWrite, who_puts_it_back_means_it) {
  {
    Database db(path());
    ASSERT_TRUE(db.load().ok());
    ASSERT_EQ(db.value("PRAGMA journal_mode = delete"), "delete");
    EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
    EXPECT_EQ(mode_of(db), "delete");
  }
  for (int i = 0; i < 2; ++i) {
    Database db(path());
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("SELECT cache_set('b', 1)"), "1");
    EXPECT_EQ(mode_of(db), "delete");
  }
}

TEST_P(FirstWrite, a_bare_connection_touches_nothing) {
  Database db(path());
  ASSERT_TRUE(db.load("sqlite3_larder_bare_init").ok());
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(mode_of(db), "delete");
}

INSTANTIATE_TEST_SUITE_P(
    by, FirstWrite,
    testing::Values("INSERT INTO item SELECT x FROM t WHERE ledger_mark('m', x)",
                    "INSERT INTO kv_cache(key, value) VALUES ('a', 1)",
                    "INSERT INTO item VALUES (cache_set('a', 1))", "SELECT cache_set(x, 1) FROM t",
                    "BEGIN; SELECT cache_set('a', 1); COMMIT",
                    "BEGIN IMMEDIATE; INSERT INTO t VALUES (3); SELECT ledger_mark(1); COMMIT"));

// Also where the file keeps its texts in UTF-16.
TEST(loading_wal, in_any_encoding) {
  for (const char* encoding : {"UTF-8", "UTF-16le", "UTF-16be"}) {
    Scratch scratch;
    {
      Database db(scratch.path("db"));
      ASSERT_TRUE(db.run(std::string("PRAGMA encoding = '") + encoding + "'").ok());
      ASSERT_TRUE(db.load().ok());
      ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
      EXPECT_EQ(db.value("PRAGMA journal_mode = delete"), "delete");
    }
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("SELECT cache_set('b', 1)"), "1");
    EXPECT_EQ(mode_of(db), "delete") << encoding;
  }
}

// A mode of the user's own, that of the connection as well, is no default.
TEST(loading_wal, another_mode_stays) {
  for (const char* mode : {"truncate", "persist", "memory", "off"}) {
    Scratch scratch;
    {
      Database db(scratch.path("db"));
      ASSERT_TRUE(db.load().ok());
      ASSERT_TRUE(db.run(std::string("PRAGMA journal_mode = ") + mode).ok());
      EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
      EXPECT_EQ(mode_of(db), mode);
    }
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("SELECT cache_set('b', 1)"), "1");
    EXPECT_EQ(mode_of(db), "delete");
  }
}

// A dump as SQL carries Larder's tables and not the mode: what is restored from it is another file.
TEST(loading_wal, a_file_restored_from_a_dump) {
  Scratch scratch;
  const std::string shell = [] {
    const char* named = std::getenv("SQLITE3");
    return std::string(named != nullptr ? named : "sqlite3");
  }();
  for (const char* put_back : {"wal", "delete"}) {
    const std::string old = scratch.path(std::string("old-") + put_back);
    const std::string restored = scratch.path(std::string("restored-") + put_back);
    {
      Database db(old);
      ASSERT_TRUE(db.load().ok());
      ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
      ASSERT_EQ(db.value(std::string("PRAGMA journal_mode = ") + put_back), put_back);
    }
    const std::string dump = "LD_PRELOAD= " + shell + " -init /dev/null " + old +
                             " .dump 2>/dev/null | LD_PRELOAD= " + shell + " -init /dev/null " +
                             restored + " 2>/dev/null";
    ASSERT_EQ(std::system(dump.c_str()), 0);
    Database db(restored);
    ASSERT_EQ(mode_of(db), "delete");
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(mode_of(db), "wal");
    EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
    EXPECT_EQ(db.value("PRAGMA journal_mode = delete"), "delete");
    Database again(restored);
    ASSERT_TRUE(again.load().ok());
    EXPECT_EQ(mode_of(again), "delete");
  }
}

// Both load before the file is in WAL mode; the second finds it so, at its next write.
TEST(loading_wal, synchronous_of_the_second_opener) {
  Scratch scratch;
  Database first(scratch.path("db")), second(scratch.path("db"));
  ASSERT_TRUE(first.load().ok());
  ASSERT_TRUE(second.load().ok());
  ASSERT_EQ(first.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(second.value("PRAGMA synchronous"), "2");
  EXPECT_EQ(second.value("SELECT cache_set('b', 1)"), "1");
  EXPECT_EQ(second.value("PRAGMA synchronous"), "1");
  // From then on it is the host's.
  ASSERT_TRUE(second.run("PRAGMA synchronous = FULL").ok());
  EXPECT_EQ(second.value("SELECT cache_set('b', 2)"), "2");
  EXPECT_EQ(second.value("PRAGMA synchronous"), "2");
}

TEST(loading_wal, synchronous_of_one_that_only_reads_first) {
  Scratch scratch;
  Database first(scratch.path("db")), second(scratch.path("db"));
  ASSERT_TRUE(first.load().ok());
  ASSERT_TRUE(second.load().ok());
  ASSERT_EQ(first.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(second.value("SELECT cache_get('a')"), "1");
  EXPECT_EQ(second.value("PRAGMA synchronous"), "1");
}

}  // namespace
