// Loading waits for nothing, whatever is locked, and is silent about it.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <future>
#include <string>
#include <vector>

#include "support/database.h"
#include "support/stride.h"

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

// One program that starts: it loads and writes when all others of its `start` do. "" or its error.
std::string start_together(const std::string& path, std::barrier<>& start) {
  Database db(path);
  start.arrive_and_wait();
  const auto loaded = db.load();
  const auto written = db.run("SELECT cache_incr('n')");  // which waits, as it may
  return loaded.message + written.message;
}

// Many that start at once on a new file, none of which waits for a lock. Fewer rounds will do where
// each is slow.
TEST(loading_locks, by_threads_that_start_at_once) {
  constexpr int kThreads = 4;
  const int rounds = support::is_slow() ? 25 : 100;
  Scratch scratch;
  for (int round = 0; round < rounds; ++round) {
    const std::string path = scratch.path(std::to_string(round));
    std::barrier start(kThreads);
    std::vector<std::future<std::string>> threads(kThreads);
    for (auto& thread : threads)
      thread = std::async(std::launch::async, [&] { return start_together(path, start); });
    for (auto& thread : threads) ASSERT_EQ(thread.get(), "") << "in round " << round;
    Database db(path);
    ASSERT_TRUE(db.load().ok());
    ASSERT_EQ(db.value("SELECT cache_get('n')"), std::to_string(kThreads));
  }
}

}  // namespace
