// How much the hot cache keeps, and what it lets go first.
#include "hot/hot.h"

namespace {

using support::HotTest;
using support::is_hot;
using support::stat;

std::string key(int n) { return "'key " + std::to_string(n) + "'"; }

class HotBounds : public HotTest {
 protected:
  // Keys 1 to `count` with values of `size` bytes, stored at once.
  void fill(int count, int size) {
    db.must("WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT " +
            std::to_string(count) +
            ") INSERT INTO kv_cache(key, value) SELECT 'key ' || n, randomblob(" +
            std::to_string(size) + ") FROM n");
  }
  // Twice: what is asked for once is not kept.
  void read(int n) {
    for (int i = 0; i < 2; ++i) db.must("SELECT cache_get(" + key(n) + ")");
  }
  bool is_kept(int n) {
    const std::int64_t before = stat(db, "hot_hits");
    db.must("SELECT cache_get(" + key(n) + ")");
    return stat(db, "hot_hits") > before;
  }
};

TEST_F(HotBounds, can_be_turned_off_and_on) {
  ASSERT_TRUE(is_hot(db));
  EXPECT_GT(stat(db, "hot_bytes"), 0);
  db.must("SELECT kv_config('hot.bytes', 0)");
  EXPECT_FALSE(is_hot(db));
  EXPECT_EQ(answer(), "old");
  EXPECT_EQ(stat(db, "hot_bytes"), 0);
  db.must("SELECT cache_set('k', 'new')");
  EXPECT_EQ(answer(), "new");
  EXPECT_FALSE(is_hot(db));
  db.must("SELECT kv_config('hot.bytes', 1000000)");
  EXPECT_TRUE(is_hot(db));
  EXPECT_EQ(answer(), "new");
}

TEST_F(HotBounds, can_be_turned_off_by_another) {
  ASSERT_TRUE(is_hot(db));
  other.must("SELECT kv_config('hot.bytes', 0)");
  const double now = std::stod(db.value("SELECT kv_clock()"));
  db.must("SELECT kv_clock(" + std::to_string(now + 2) + ")");  // it looks once a second
  EXPECT_FALSE(is_hot(db));
  EXPECT_EQ(stat(db, "hot_bytes"), 0);
}

TEST_F(HotBounds, hold) {
  constexpr int kMost = 100000;
  fill(2000, 300);
  db.must("SELECT kv_config('hot.bytes', " + std::to_string(kMost) + ")");
  std::int64_t most = 0;
  for (int n = 1; n <= 2000; ++n) {
    read(n);
    most = std::max(most, stat(db, "hot_bytes"));
  }
  EXPECT_LE(most, kMost);
  EXPECT_GT(most, kMost * 9 / 10);
  db.must("SELECT kv_config('hot.bytes', 5000)");
  for (int n = 1; n <= 20; ++n) {
    read(n);
    EXPECT_LE(stat(db, "hot_bytes"), 5000);
  }
}

TEST_F(HotBounds, hold_while_rows_grow_and_shrink) {
  constexpr int kMost = 50000;
  db.must("SELECT kv_config('hot.bytes', " + std::to_string(kMost) + ")");
  for (int n = 0; n < 2000; ++n) {
    db.must("SELECT cache_set(" + key(n % 40) + ", zeroblob(" + std::to_string(n * 37 % 6000) +
            "))");
    ASSERT_LE(stat(db, "hot_bytes"), kMost) << n;
    const int m = n * 7 % 40;
    EXPECT_EQ(db.value("SELECT length(cache_get(" + key(m) + "))"),
              db.value("SELECT coalesce((SELECT length(value) FROM larder_cache WHERE key = " +
                       key(m) + "), 'NULL')"))
        << n;
  }
}

TEST_F(HotBounds, a_scan_does_not_drive_out_what_is_in_use) {
  fill(3000, 300);
  db.must("SELECT kv_config('hot.bytes', 200000)");  // some 400 rows
  for (int round = 0; round < 3; ++round) {
    for (int n = 1; n <= 100; ++n) read(n);
  }
  for (int n = 101; n <= 3000; ++n) read(n);
  int kept = 0;
  for (int n = 1; n <= 100; ++n) kept += is_kept(n);
  EXPECT_GE(kept, 90);
  // What the scan left is let go, not what it found.
  kept = 0;
  for (int n = 200; n <= 1000; ++n) kept += is_kept(n);
  EXPECT_LE(kept, 400);
}

TEST_F(HotBounds, a_scan_of_keys_asked_for_once_leaves_nothing) {
  fill(3000, 300);
  ASSERT_TRUE(is_hot(db));
  const std::int64_t before = stat(db, "hot_bytes");
  for (int n = 1; n <= 3000; ++n) db.must("SELECT cache_get(" + key(n) + ")");
  EXPECT_LT(stat(db, "hot_bytes"), before + 3000);  // but for a hash that looks like another's
  EXPECT_TRUE(is_hot(db));
}

TEST_F(HotBounds, huge_values_are_not_kept) {
  db.must("SELECT kv_config('hot.bytes', 80000), cache_set('fits', zeroblob(9990))");
  db.must("SELECT length(cache_set('huge', zeroblob(10000)))");
  EXPECT_TRUE(is_hot(db, "SELECT cache_get('fits')"));
  EXPECT_FALSE(is_hot(db, "SELECT cache_get('huge')"));
  EXPECT_EQ(db.value("SELECT length(cache_get('huge'))"), "10000");
  db.must("SELECT length(cache_set('fits', zeroblob(10000)))");
  EXPECT_FALSE(is_hot(db, "SELECT cache_get('fits')"));
  EXPECT_EQ(db.value("SELECT length(cache_get('fits'))"), "10000");
}

// Though nothing new is asked for, which would have to be kept.
TEST_F(HotBounds, what_another_connection_sets_holds_within_a_second) {
  db.must("SELECT kv_clock(1000)");
  other.must("SELECT kv_config('hot.bytes', 1000000)");
  ASSERT_TRUE(is_hot(db));
  other.must("SELECT kv_config('hot.bytes', 0)");
  EXPECT_TRUE(is_hot(db));  // read from the file, and kept once more
  db.must("SELECT kv_clock(1001)");
  EXPECT_FALSE(is_hot(db));
  EXPECT_EQ(stat(db, "hot_bytes"), 0);
  other.must("SELECT kv_config('hot.bytes', NULL)");
  db.must("SELECT kv_clock(1002)");
  EXPECT_TRUE(is_hot(db));
}

}  // namespace
