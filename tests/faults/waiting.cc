// kv_wait() beside a writer that keeps readers out, as one does in other journal modes than WAL.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "support/database.h"
#include "support/moment.h"

namespace {

using support::Database;
using support::Moment;
using support::Scratch;

// The writer comes while the call sleeps, and goes between two calls.
TEST(waiting, outlasts_a_writer) {
  for (const char* mode : {"delete", "truncate", "persist"}) {
    for (const char* entry : {"sqlite3_larder_init", "sqlite3_larder_bare_init"}) {
      for (const char* setup :
           {"SELECT 1", "SELECT kv_wait(0)", "SELECT cache_set('k', 1)",
            "SELECT cache_set('k', 1, 900), kv_wait(0)", "SELECT kv_config('replicated', 1)"}) {
        SCOPED_TRACE(std::string(mode) + ", " + entry + ": " + setup);
        const Scratch scratch;
        Database one(scratch.path("db")), two(scratch.path("db"));
        ASSERT_TRUE(one.run("CREATE TABLE t(x)").ok());
        ASSERT_TRUE(two.load(entry).ok());
        ASSERT_TRUE(two.run("PRAGMA busy_timeout = 1; SELECT kv_clock(1000)").ok());
        ASSERT_TRUE(two.run(setup).ok());
        ASSERT_EQ(one.value(std::string("PRAGMA journal_mode = ") + mode), mode);
        for (Database* looks : {&one, &two}) looks->value("SELECT count(*) FROM t");
        two.value("SELECT kv_wait(0)");
        // It has looked once, and then comes here between two looks.
        Moment asleep(two, SQLITE_TRACE_PROFILE, "SELECT 1", [&] {
          EXPECT_TRUE(one.run("BEGIN EXCLUSIVE; INSERT INTO t VALUES (1)").ok());
        });
        for (int i = 0; i < 2; ++i) {
          const auto locked = two.run("SELECT kv_wait(0.02)");
          EXPECT_TRUE(locked.ok()) << locked;
          EXPECT_EQ(locked.value, "0");
          ASSERT_TRUE(asleep.has_come());
        }
        ASSERT_TRUE(one.run("COMMIT").ok());
        const auto woken = two.run("SELECT kv_wait(5)");
        EXPECT_EQ(woken.value, "1") << woken;
      }
    }
  }
}

class Locked : public testing::TestWithParam<const char*> {
 protected:
  // `two` has done GetParam() and nothing else, and `one` then keeps readers out.
  Locked() {
    EXPECT_TRUE(one.run("PRAGMA journal_mode = delete; CREATE TABLE t(x)").ok());
    EXPECT_TRUE(two.load("sqlite3_larder_bare_init").ok());
    EXPECT_TRUE(two.run(GetParam()).ok());
    EXPECT_TRUE(one.run("BEGIN EXCLUSIVE; INSERT INTO t VALUES (1)").ok());
  }
  Scratch scratch;
  Database one{scratch.path("db")}, two{scratch.path("db")};
};

TEST_P(Locked, takes_no_longer_than_it_is_told) {
  ASSERT_TRUE(two.run("PRAGMA busy_timeout = 60000").ok());
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(two.value("SELECT kv_wait(0)"), "0");
  EXPECT_EQ(two.value("SELECT kv_wait(0.01)"), "0");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  EXPECT_EQ(two.value("PRAGMA busy_timeout"), "60000");
}

TEST_P(Locked, tells_of_what_it_could_not_see) {
  EXPECT_EQ(two.value("SELECT kv_wait(0.01)"), "0");
  ASSERT_TRUE(one.run("COMMIT").ok());
  EXPECT_EQ(two.value("SELECT kv_wait(0)"), "1");
  EXPECT_EQ(two.value("SELECT kv_wait(0)"), "0");
}

// However long it waits for anything, it passes over no commit.
TEST_P(Locked, tells_of_what_is_committed_meanwhile) {
  ASSERT_TRUE(two.run("PRAGMA busy_timeout = 60000").ok());
  std::thread other([this] {
    sqlite3_sleep(50);
    EXPECT_TRUE(one.run("COMMIT").ok());
  });
  const std::string first = two.value("SELECT kv_wait(0.01)");
  other.join();
  const std::string second = two.value("SELECT kv_wait(0)");
  EXPECT_TRUE(first == "1" || second == "1") << first << ", " << second;
}

TEST_P(Locked, is_interrupted) {
  std::thread other([this] {
    sqlite3_sleep(20);
    sqlite3_interrupt(two.get());
  });
  EXPECT_EQ(two.run("SELECT kv_wait(60)").code, SQLITE_INTERRUPT);
  other.join();
}

INSTANTIATE_TEST_SUITE_P(after, Locked,
                         testing::Values("SELECT 1", "SELECT count(*) FROM t",
                                         "SELECT cache_get('k'), ledger_next('q', 60)",
                                         "SELECT cache_set('k', 1), ledger_next('q', 60)"));

// The clock wakes, too, when a writer was in the way at that moment.
TEST(waiting, tells_of_what_has_become_due) {
  const Scratch scratch;
  Database one(scratch.path("db")), two(scratch.path("db"));
  ASSERT_TRUE(one.run("PRAGMA journal_mode = delete; CREATE TABLE t(x)").ok());
  ASSERT_TRUE(two.load("sqlite3_larder_bare_init").ok());
  ASSERT_TRUE(two.run("SELECT ledger_add('q', 'x', NULL, 1), ledger_next('q', 60)").ok());
  for (int i = 0; i < 3; ++i) two.value("SELECT kv_wait(0)");  // knows the file, and its tables
  ASSERT_TRUE(one.run("BEGIN EXCLUSIVE").ok());
  EXPECT_EQ(two.value("SELECT kv_wait(1.2)"), "0");
  ASSERT_TRUE(one.run("ROLLBACK").ok());
  EXPECT_EQ(two.value("SELECT kv_wait(0)"), "1");
}

}  // namespace
