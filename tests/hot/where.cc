// Where there is no wal-index in shared memory to look at, the file is asked: same answers, and no
// stray file appears.
#include <dlfcn.h>

#include <filesystem>
#include <thread>

#include "hot/hot.h"

namespace {

using support::HotTest;
using support::is_hot;
using support::Larder;
using support::Scratch;

bool exists(const std::string& path) { return std::filesystem::exists(path); }

// Reads and writes; every answer must be right.
void live(Larder& db) {
  for (int i = 0; i < 5; ++i) {
    const std::string value = std::to_string(i);
    db.must("SELECT cache_set('k', " + value + "), ledger_mark('l', " + value + ")");
    for (int j = 0; j < 4; ++j) EXPECT_EQ(db.value(support::kGet), value);
    EXPECT_EQ(db.value("SELECT ledger_seen('l', " + value + ")"), "1");
  }
}

TEST(hot_where, it_is_used_by_the_connection_that_makes_the_file) {
  Scratch scratch;
  Larder db(scratch.path("db"));
  db.must("SELECT cache_set('k', 1)");
  EXPECT_TRUE(is_hot(db));
}

TEST(hot_where, memory) {
  for (const char* name : {":memory:", "", "file:name?mode=memory&cache=shared"}) {
    Larder db(name);
    live(db);
    EXPECT_FALSE(is_hot(db)) << name;
  }
}

TEST(hot_where, rollback_journal) {
  Scratch scratch;
  const std::string path = scratch.path("db");
  for (const char* mode : {"delete", "truncate", "persist", "memory", "off"}) {
    std::filesystem::remove(path);
    Larder db(path);
    db.must("SELECT cache_set('k', 1)");
    ASSERT_EQ(db.value(std::string("PRAGMA journal_mode = ") + mode), mode);
    live(db);
    EXPECT_FALSE(is_hot(db)) << mode;
    EXPECT_FALSE(exists(path + "-shm")) << mode;
    EXPECT_FALSE(exists(path + "-wal")) << mode;
    EXPECT_EQ(db.value("PRAGMA journal_mode"), mode);
  }
}

TEST(hot_where, exclusive) {
  Scratch scratch;
  const std::string path = scratch.path("db");
  {
    Larder db(path);
    db.must("SELECT cache_set('k', 1)");
  }
  Larder db(path, "PRAGMA locking_mode = exclusive");  // before anything reads the file
  live(db);
  EXPECT_EQ(db.value("PRAGMA journal_mode"), "wal");
  EXPECT_FALSE(is_hot(db));
  EXPECT_FALSE(exists(path + "-shm"));
}

TEST_F(HotTest, is_not_used_in_utf16_files) {
  Larder wide(scratch.path("wide"));
  wide.must("PRAGMA encoding = 'UTF-16'");
  live(wide);
  EXPECT_FALSE(is_hot(wide));
}

TEST_F(HotTest, of_a_connection_that_only_reads) {
  for (const char* uri : {"?mode=ro", "?mode=rw&readonly_shm=1"}) {
    Larder reader("file:" + path + uri);
    for (int i = 0; i < 4; ++i) {
      const std::string value = uri + std::to_string(i);
      db.must("SELECT cache_set('k', '" + value + "')");
      EXPECT_EQ(reader.value(support::kGet), value);
      is_hot(reader);
      EXPECT_EQ(reader.value(support::kGet), value);
    }
  }
  Larder reader("file:" + path + "?mode=ro");
  EXPECT_TRUE(is_hot(reader));
  EXPECT_EQ(reader.run("SELECT cache_set('k', 'mine')").primary(), SQLITE_READONLY);
  EXPECT_EQ(reader.value(support::kGet), answer());
}

// Nothing may change an immutable file; that it says it is in WAL mode must not make us look for
// what is not there.
TEST(hot_where, immutable) {
  Scratch scratch;
  const std::string path = scratch.path("db");
  {
    Larder db(path);
    db.must("SELECT cache_set('k', 'old')");
  }
  Larder reader("file:" + path + "?mode=ro&immutable=1");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(reader.value(support::kGet), "old");
  EXPECT_FALSE(is_hot(reader));
  EXPECT_FALSE(exists(path + "-shm"));
  EXPECT_FALSE(exists(path + "-wal"));
}

// Who reads an older commit on purpose (https://sqlite.org/c3ref/snapshot.html) is told what that
// says, and afterwards what the newest says. Few builds of SQLite have it.
TEST_F(HotTest, of_a_snapshot) {
  const auto get = reinterpret_cast<decltype(&sqlite3_snapshot_get)>(
      dlsym(RTLD_DEFAULT, "sqlite3_snapshot_get"));
  const auto open = reinterpret_cast<decltype(&sqlite3_snapshot_open)>(
      dlsym(RTLD_DEFAULT, "sqlite3_snapshot_open"));
  const auto release = reinterpret_cast<decltype(&sqlite3_snapshot_free)>(
      dlsym(RTLD_DEFAULT, "sqlite3_snapshot_free"));
  if (get == nullptr || open == nullptr || release == nullptr) GTEST_SKIP() << "not in this SQLite";
  sqlite3_snapshot* snapshot = nullptr;
  other.must("BEGIN; SELECT count(*) FROM larder_cache");
  ASSERT_EQ(get(other.get(), "main", &snapshot), SQLITE_OK);
  db.must("SELECT cache_set('k', 'new')");
  ASSERT_TRUE(is_hot(db));
  for (int i = 0; i < 3; ++i) {
    db.must("BEGIN");
    ASSERT_EQ(open(db.get(), "main", snapshot), SQLITE_OK);
    for (int j = 0; j < 3; ++j) EXPECT_EQ(answer(), "old");
    EXPECT_EQ(truth(), "old");
    db.must("COMMIT");
    EXPECT_EQ(answer(), "new");
  }
  release(snapshot);
}

class OtherVfs : public testing::TestWithParam<const char*> {};

TEST_P(OtherVfs, answers_are_the_same) {
  Scratch scratch;
  const std::string path = scratch.path("db");
  constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  Larder db(path, kFlags, GetParam());
  live(db);
  Larder other(path, kFlags, GetParam());
  if (std::string(GetParam()) != "unix-dotfile") {  // where every reader locks everybody out
    for (int i = 0; i < 4; ++i) {
      const std::string value = "other " + std::to_string(i);
      other.must("SELECT cache_set('k', '" + value + "')");
      EXPECT_EQ(db.value(support::kGet), value);
      is_hot(db);
      EXPECT_EQ(db.value(support::kGet), value);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(each, OtherVfs,
                         testing::Values("unix", "unix-excl", "unix-dotfile", "unix-none"));

// With the pages shared, a SELECT sees what the other connection is doing.
class SharedCache : public HotTest {
 protected:
  static constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_SHAREDCACHE;
  Larder a{path, kFlags};
  Larder b{path, kFlags};
};

TEST_F(SharedCache, what_is_never_committed_is_never_kept) {
  a.must("PRAGMA read_uncommitted = 1");
  b.must("BEGIN IMMEDIATE; UPDATE larder_cache SET value = 'uncommitted'");
  for (int i = 0; i < 4; ++i) a.run(support::kGet);
  b.must("ROLLBACK");
  EXPECT_EQ(a.value(support::kGet), "old");
}

TEST_F(SharedCache, an_older_commit_is_not_kept_as_the_newest) {
  sqlite3_stmt* reads = b.prepare("SELECT value FROM larder_cache UNION ALL SELECT 2");
  ASSERT_EQ(sqlite3_step(reads), SQLITE_ROW);
  db.must("SELECT cache_set('k', 'new')");
  for (int i = 0; i < 4; ++i) a.run(support::kGet);
  sqlite3_finalize(reads);
  EXPECT_EQ(a.value(support::kGet), "new");
}

TEST_F(SharedCache, answers_are_the_same) {
  for (int i = 0; i < 5; ++i) {
    for (Larder* each : {&a, &b, &db}) {
      const std::string value = std::to_string(i) + (each == &a ? "a" : each == &b ? "b" : "c");
      each->must("SELECT cache_set('k', '" + value + "')");
      for (Larder* reader : {&a, &b, &db}) {
        EXPECT_EQ(reader->value(support::kGet), value);
        is_hot(*reader);
        EXPECT_EQ(reader->value(support::kGet), value);
      }
    }
  }
}

}  // namespace
