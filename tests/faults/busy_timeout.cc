// kv_busy_timeout(): how long it waits, and that it may outlive everything of Larder's.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "support/database.h"

namespace {

using std::chrono::milliseconds;
using support::Database;
using support::Scratch;

class BusyTimeout : public testing::Test {
 protected:
  BusyTimeout() : holder(scratch.path("db")), waiter(scratch.path("db")) {
    EXPECT_TRUE(holder.load().ok());
    EXPECT_TRUE(waiter.load().ok());
    EXPECT_TRUE(holder.run("SELECT cache_set('a', 1); BEGIN IMMEDIATE").ok());
  }

  // How long a write waits before it fails.
  milliseconds failing_write() {
    const auto began = std::chrono::steady_clock::now();
    const auto outcome = waiter.run("SELECT cache_set('b', 1)");
    EXPECT_EQ(outcome.primary(), SQLITE_BUSY) << outcome;
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
  }

  Scratch scratch;
  Database holder, waiter;
};

TEST_F(BusyTimeout, waits_as_long_as_it_was_told) {
  ASSERT_EQ(waiter.value("SELECT kv_busy_timeout(50)"), "50");
  EXPECT_GE(failing_write(), milliseconds(50));
  EXPECT_GE(failing_write(), milliseconds(50));  // each wait begins anew
  ASSERT_EQ(waiter.value("SELECT kv_busy_timeout(0)"), "0");
  failing_write();
}

// The first write of a file waits a moment for WAL mode, and for its turn no longer than it was
// told.
TEST_F(BusyTimeout, the_first_write_waits_once) {
  constexpr milliseconds kTimeout(1000);
  const Scratch own;
  Database reader(own.path("db")), other(own.path("db"));
  ASSERT_TRUE(reader.run("CREATE TABLE t(x); BEGIN; SELECT * FROM t").ok());
  ASSERT_TRUE(other.load().ok());
  ASSERT_EQ(other.value("SELECT kv_busy_timeout(1000)"), "1000");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(other.run("SELECT cache_set('a', 1)").primary(), SQLITE_BUSY);
  const auto waited = std::chrono::steady_clock::now() - began;
  EXPECT_GE(waited, kTimeout);
  EXPECT_LT(waited, 2 * kTimeout);
  EXPECT_EQ(other.value("SELECT kv_busy_timeout()"), "1000");
}

TEST_F(BusyTimeout, goes_on_when_the_lock_is_free) {
  ASSERT_EQ(waiter.value("SELECT kv_busy_timeout(60000)"), "60000");
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(20));
    EXPECT_TRUE(holder.run("COMMIT").ok());
  });
  EXPECT_EQ(waiter.value("SELECT cache_set('b', 1)"), "1");
  other.join();
}

TEST_F(BusyTimeout, the_host_may_replace_it) {
  ASSERT_EQ(waiter.value("SELECT kv_busy_timeout(600000)"), "600000");
  ASSERT_EQ(sqlite3_busy_timeout(waiter.get(), 1), SQLITE_OK);
  EXPECT_EQ(waiter.value("SELECT kv_busy_timeout()"), "1");
  failing_write();
}

TEST_F(BusyTimeout, only_when_asked_for) {
  int looks = 0;
  const auto handler = [](void* count, int) { return ++*static_cast<int*>(count) < 3 ? 1 : 0; };
  ASSERT_EQ(sqlite3_busy_handler(waiter.get(), handler, &looks), SQLITE_OK);
  failing_write();
  EXPECT_EQ(looks, 3);
}

// The handler stays with the connection when every function and table of Larder's is taken away.
TEST_F(BusyTimeout, outlives_larder) {
  ASSERT_EQ(waiter.value("SELECT kv_busy_timeout(30)"), "30");
  sqlite3* db = waiter.get();
  ASSERT_EQ(waiter.value("SELECT count(*) > 0 FROM kv_help"), "1");
  sqlite3_stmt* names = waiter.prepare("SELECT name FROM kv_help");
  std::vector<std::string> all{"kv_hook"};
  while (sqlite3_step(names) == SQLITE_ROW) {
    all.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(names, 0)));
  }
  sqlite3_finalize(names);
  for (const auto& name : all) {
    for (int count = 0; count <= 8; ++count) {
      sqlite3_create_function_v2(db, name.c_str(), count, SQLITE_UTF8, nullptr, nullptr, nullptr,
                                 nullptr, nullptr);
    }
    sqlite3_create_module_v2(db, name.c_str(), nullptr, nullptr, nullptr);
  }
  ASSERT_FALSE(waiter.run("SELECT kv_version()").ok());
  const auto outcome = waiter.run("BEGIN IMMEDIATE");
  EXPECT_EQ(outcome.primary(), SQLITE_BUSY) << outcome;
}

// With statements of the user's still open: SQLite closes the rest later.
TEST_F(BusyTimeout, close_v2_while_a_statement_is_open) {
  ASSERT_EQ(waiter.value("SELECT kv_busy_timeout(30)"), "30");
  sqlite3_stmt* open = waiter.prepare("SELECT 1 FROM sqlite_schema");
  ASSERT_EQ(sqlite3_step(open), SQLITE_ROW);
  EXPECT_EQ(waiter.close_v2(), SQLITE_OK);
  EXPECT_EQ(sqlite3_finalize(open), SQLITE_OK);
}

}  // namespace
