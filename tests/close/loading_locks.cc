// Loading waits for nothing, whatever is locked, and is silent about it.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

std::atomic<int> logged = 0;

void count_message(void*, int, const char*) { ++logged; }

// SQLite takes a logger only before it is first used: so before main().
const bool is_installed = sqlite3_config(SQLITE_CONFIG_LOG, count_message, nullptr) == SQLITE_OK;

int count_waits(void* waits, int) {
  ++*static_cast<int*>(waits);
  return 0;
}

class Loading : public testing::TestWithParam<const char*> {};

// A file that is made in the given journal mode, with and without Larder's tables.
TEST_P(Loading, while_the_file_is_locked_exclusively) {
  ASSERT_TRUE(is_installed);
  for (const char* make : {"CREATE TABLE t(x)", "BEGIN; SELECT cache_set('a', 1); COMMIT"}) {
    Scratch scratch;
    Database holder(scratch.path("db"));
    ASSERT_TRUE(holder.load("sqlite3_larder_bare_init").ok());
    ASSERT_TRUE(holder.run(std::string("PRAGMA journal_mode = ") + GetParam()).ok());
    ASSERT_TRUE(holder.run(make).ok());
    ASSERT_TRUE(holder.run("BEGIN EXCLUSIVE").ok());

    Database db(scratch.path("db"));
    int waits = 0;
    sqlite3_busy_handler(db.get(), count_waits, &waits);
    logged = 0;
    const auto outcome = db.load();
    EXPECT_TRUE(outcome.ok()) << outcome;
    EXPECT_EQ(waits, 0);
    EXPECT_EQ(logged, 0);
    ASSERT_TRUE(holder.run("COMMIT").ok());
    EXPECT_EQ(db.value("SELECT cache_set('b', 2)"), "2");
  }
}

INSTANTIATE_TEST_SUITE_P(each, Loading, testing::Values("delete", "truncate", "persist", "wal"));

// What lies in memory and is a file to SQLite all the same.
TEST(loading_locks, of_what_is_in_memory_there_are_none) {
  Database shared("file:/larder-in-memory?vfs=memdb");
  ASSERT_TRUE(shared.run("CREATE TABLE t(x)").ok());
  EXPECT_TRUE(shared.load().ok());
  EXPECT_EQ(shared.value("SELECT cache_set('a', 1)"), "1");

  sqlite3_int64 size = 0;
  unsigned char* image = sqlite3_serialize(shared.get(), "main", &size, 0);
  ASSERT_NE(image, nullptr);
  Database copy;
  ASSERT_EQ(sqlite3_deserialize(copy.get(), "main", image, size, size,
                                SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
            SQLITE_OK);
  EXPECT_TRUE(copy.load().ok());
  EXPECT_EQ(copy.value("SELECT cache_get('a')"), "1");
  EXPECT_EQ(copy.value("SELECT cache_set('b', 2)"), "2");
}

TEST(loading_locks, logs_nothing) {
  Scratch scratch;
  logged = 0;
  for (const char* path : {"db", "db"}) {
    Database db(scratch.path(path));
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(db.load().ok());
    EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  }
  EXPECT_EQ(logged, 0);
}

// Many that start at once on a new file, none of which waits for a lock.
TEST(loading_locks, by_threads_that_start_at_once) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 100;
  std::atomic<int> failures = 0;
  Scratch scratch;
  for (int round = 0; round < kRounds; ++round) {
    const std::string path = scratch.path(std::to_string(round));
    std::atomic<int> waiting = kThreads;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        Database db(path);
        for (--waiting; waiting > 0;) std::this_thread::yield();
        const auto outcome = db.load();
        if (!outcome.ok()) ++failures;
        if (!db.run("SELECT cache_incr('n')").ok()) ++failures;  // which waits, as it may
      });
    }
    for (auto& thread : threads) thread.join();
    Database db(path);
    ASSERT_TRUE(db.load().ok());
    ASSERT_EQ(db.value("SELECT cache_get('n')"), std::to_string(kThreads));
  }
  EXPECT_EQ(failures, 0);
}

}  // namespace
