// Threads and the hot cache, where the workers of tests/coherence do not come: connections that
// are made and closed while others answer, and results that outlive their connection in another
// thread.
#include <atomic>
#include <thread>
#include <vector>

#include "hot/hot.h"

namespace {

using support::HotTest;
using support::is_hot;
using support::Larder;

TEST_F(HotTest, threads_open_and_close_connections) {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        Larder mine(path);
        const std::string key = std::to_string(t), value = std::to_string(i);
        for (int j = 0; j < 20; ++j) {
          mine.must("SELECT cache_set('" + key + "', '" + value + "')");
          if (mine.value("SELECT cache_get('" + key + "')") != value) ++wrong;
          if (mine.value("SELECT cache_get('k')") != "old") ++wrong;
        }
        if (mine.close() != SQLITE_OK) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// Two threads on one connection: SQLite lets one in after the other.
TEST_F(HotTest, threads_share_a_connection_and_its_rows) {
  db.must("SELECT cache_set('large', printf('%.*c', 4096, 'a'))");
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  threads.reserve(2);
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      sqlite3_stmt* get = db.prepare("SELECT cache_get('large')");
      for (int i = 0; i < 2000; ++i) {
        if (sqlite3_step(get) != SQLITE_ROW || sqlite3_column_bytes(get, 0) != 4096) ++wrong;
        if (t == 0 && i % 50 == 0) {
          db.must(i % 100 == 0 ? "SELECT cache_set('large', printf('%.*c', 4096, 'b'))"
                               : "UPDATE larder_cache SET value = printf('%.*c', 4096, 'c')");
        }
        // What the other thread has removed from the cache meanwhile is still ours.
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(get, 0));
        if (text == nullptr || text[0] != text[4095]) ++wrong;
        sqlite3_reset(get);
      }
      sqlite3_finalize(get);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(is_hot(db));
}

TEST_F(HotTest, a_result_goes_to_another_thread) {
  db.must("SELECT cache_set('k', printf('%.*c', 4096, 'a'))");
  ASSERT_TRUE(is_hot(db));
  sqlite3_stmt* get = db.prepare(support::kGet);
  ASSERT_EQ(sqlite3_step(get), SQLITE_ROW);
  std::thread thread([get] {
    EXPECT_EQ(std::string(reinterpret_cast<const char*>(sqlite3_column_text(get, 0))),
              std::string(4096, 'a'));
    sqlite3_finalize(get);
  });
  db.must("SELECT cache_clear(), kv_config('hot.bytes', 0)");
  is_hot(db);
  thread.join();
}

}  // namespace
