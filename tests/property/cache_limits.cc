// Random calls of the cache's functions on two connections to one file, with limits that come,
// change and go, and a clock that moves and jumps back. After each call the limits hold, the counts
// behind them are right, what was written is there, and both connections, each with a hot cache of
// its own, answer what a third one without Larder reads in the table.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <random>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

constexpr char kCounted[] =
    "SELECT (SELECT value FROM larder_meta WHERE name = 'cache.entries') IS (SELECT count(*) FROM "
    "larder_cache) AND (SELECT value FROM larder_meta WHERE name = 'cache.bytes') IS (SELECT "
    "coalesce(sum(length(CAST(key AS BLOB)) + coalesce(length(CAST(value AS BLOB)), 0)), 0) FROM "
    "larder_cache)";

class Property {
 public:
  explicit Property(unsigned seed) : random_(seed), plain_(scratch_.path("db")) {
    for (auto& db : owners_) {
      db = std::make_unique<Database>(scratch_.path("db"));
      EXPECT_TRUE(db->load().ok());
      EXPECT_TRUE(db->run("PRAGMA synchronous = OFF").ok());
    }
    move_clock(1000);
    must("SELECT cache_set('k', 'first')");
  }

  void run(int operations) {
    for (int i = 0; i < operations && !testing::Test::HasFailure(); ++i) {
      SCOPED_TRACE(i);
      owner_ = below(2);
      operation();
      look();
    }
    support::expect_sound(*owners_[0]);
  }

  int hits() const { return hits_; }
  int limited() const { return limited_; }
  std::int64_t hot_hits() const {
    return std::stoll(owners_[0]->value("SELECT value FROM kv_stats WHERE name = 'hot_hits'"));
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string any_key() { return "key" + std::to_string(below(30)); }

  // Each is another one: an old answer shows.
  std::string new_value() {
    std::string value = std::to_string(++values_);
    value.resize(value.size() + static_cast<std::size_t>(below(4) == 0 ? below(200) : below(20)),
                 '.');
    return value;
  }

  std::string must(const std::string& sql) {
    const auto outcome = owners_[static_cast<std::size_t>(owner_)]->run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
    return outcome.value;
  }

  void move_clock(double to) {
    now_ = to;
    for (const auto& db : owners_) db->run("SELECT kv_clock(" + std::to_string(to) + ")");
  }

  void operation() {
    const std::string key = any_key();
    const std::string ttl = below(2) ? "NULL" : std::to_string(1 + below(20));
    switch (below(16)) {
      case 0:
        return change_limit();
      case 1:
        return move_clock(now_ + (below(5) ? below(5) : -below(20)));
      case 2:
        must("SELECT cache_del('" + key + "')");
        return;
      case 3:
        must("SELECT cache_touch('" + key + "', " + ttl + ")");
        return;
      case 4:
        must("SELECT kv_sweep()");
        return;
      case 5:
        must("SELECT cache_claim('" + key + "', 3)");
        return;
      case 6:
        plain_.run("DELETE FROM larder_cache WHERE key = '" + key + "'");
        return;
      case 7:
        // No longer than it was: limits are for those who write with Larder.
        plain_.run("UPDATE larder_cache SET value = " + std::to_string(++values_) +
                   " || '' WHERE key = '" + key + "' AND length(value) > 8");
        return;
      case 8: {
        const std::string value = new_value();
        written(key, value,
                must("SELECT cache_add('" + key + "', '" + value + "', " + ttl + ")") == "1");
        return;
      }
      case 9: {
        const std::string value = new_value();
        must("BEGIN; SELECT cache_set('" + key + "', '" + value + "', " + ttl + "); ROLLBACK");
        return;
      }
      default: {
        const std::string value = new_value();
        must("SELECT cache_set('" + key + "', '" + value + "', " + ttl + ")");
        written(key, value, true);
      }
    }
  }

  void change_limit() {
    const int kind = below(5);
    if (kind == 0) {
      max_entries_ = below(3) ? 1 + below(25) : 0;
      must("SELECT kv_config('cache.max_entries', nullif(" + std::to_string(max_entries_) +
           ", 0))");
    } else if (kind == 1) {
      max_bytes_ = below(3) ? 250 + below(1000) : 0;
      must("SELECT kv_config('cache.max_bytes', nullif(" + std::to_string(max_bytes_) + ", 0))");
    } else if (kind == 2) {
      must(std::string("SELECT kv_config('cache.policy', '") + (below(2) ? "lru" : "fifo") + "')");
    }
  }

  void written(const std::string& key, const std::string& value, bool stored) {
    if (!stored) return;
    EXPECT_EQ(plain_.value("SELECT value FROM larder_cache WHERE key = '" + key + "'"), value);
  }

  void look() {
    if (max_entries_ + max_bytes_ > 0) {
      ++limited_;
      EXPECT_EQ(plain_.value(kCounted), "1");
      if (max_entries_ > 0) {
        EXPECT_LE(std::stoi(plain_.value("SELECT count(*) FROM larder_cache")), max_entries_);
      }
      if (max_bytes_ > 0) {
        EXPECT_LE(
            std::stoi(plain_.value("SELECT value FROM larder_meta WHERE name = 'cache.bytes'")),
            max_bytes_);
      }
    }
    for (int i = 0; i < 4; ++i) {
      const std::string key = any_key();
      const std::string truth = plain_.value(
          "SELECT coalesce((SELECT value FROM larder_cache WHERE key = '" + key +
          "' AND (expires_at IS NULL OR expires_at > " + std::to_string(now_) + ")), 'miss')");
      for (const auto& db : owners_)
        EXPECT_EQ(db->value("SELECT cache_get('" + key + "', 'miss')"), truth) << key;
      hits_ += truth != "miss";
    }
  }

  std::mt19937 random_;
  Scratch scratch_;
  std::array<std::unique_ptr<Database>, 2> owners_;
  Database plain_;
  int owner_ = 0;
  int values_ = 0;
  int max_entries_ = 0;
  int max_bytes_ = 0;
  double now_ = 0;
  int hits_ = 0;
  int limited_ = 0;
};

TEST(cache_limits, hold_whatever_happens) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    SCOPED_TRACE(seed);
    Property property(seed);
    property.run(3000);
    EXPECT_GT(property.hits(), 1000);
    EXPECT_GT(property.limited(), 1000);
    EXPECT_GT(property.hot_hits(), 200);  // few: the other connection commits all the time
    if (HasFailure()) break;
  }
}

// A statement that is complete in itself meets the limit only when it is committed.
// It is refused, and the old value stays, as the limit is noticed in time.
TEST(cache_limits, a_value_that_is_too_large_for_a_limit_set_elsewhere) {
  struct Case {
    std::string before, value, keys;
  };
  for (const auto& [before, value, keys] :
       {Case{"", "miss", "a"}, Case{"SELECT cache_set('k', 'old'); ", "old", "a,k"}}) {
    Scratch scratch;
    Database one(scratch.path("db")), other(scratch.path("db"));
    for (Database* db : {&one, &other}) {
      ASSERT_TRUE(db->load().ok());
      ASSERT_TRUE(db->run("SELECT kv_clock(1000), cache_set('a', 1); " + before).ok());
    }
    ASSERT_TRUE(other.run("SELECT kv_config('cache.max_bytes', 60)").ok());
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto outcome = one.run("SELECT cache_set('k', printf('%100d', 1))");
      EXPECT_EQ(outcome.message,
                "cache_set: key and value are 101 bytes, and cache.max_bytes is 60");
      EXPECT_EQ(one.value("SELECT coalesce(cache_get('k'), 'miss')"), value);
      EXPECT_EQ(other.value("SELECT group_concat(key) FROM larder_cache"), keys);
    }
  }
}

// The order in which rows leave begins with the policy, not with the first limit.
TEST(cache_limits, a_policy_set_elsewhere_is_noticed_without_a_limit) {
  Scratch scratch;
  Database one(scratch.path("db")), other(scratch.path("db"));
  for (Database* db : {&one, &other}) {
    ASSERT_TRUE(db->load().ok());
    ASSERT_TRUE(db->run("SELECT kv_clock(1000), cache_set('x', 1, 0), cache_get('x')").ok());
  }
  ASSERT_TRUE(one.run("SELECT kv_config('cache.policy', 'fifo')").ok());
  ASSERT_TRUE(other.run("SELECT cache_set('a', 1, 1), cache_set('b', 1)").ok());
  ASSERT_TRUE(other.run("SELECT kv_clock(1002); SELECT cache_set('a', 2)").ok());
  ASSERT_TRUE(one.run("SELECT kv_config('cache.max_entries', 1)").ok());
  EXPECT_EQ(one.value("SELECT group_concat(key) FROM larder_cache"), "a");
}

// Also when the statement that stores is one that this connection has not used before.
TEST(cache_limits, set_elsewhere_hold_for_statements_that_are_new) {
  const struct {
    const char* before;
    const char* limit;
    const char* set;
  } cases[] = {
      {"SELECT cache_set('a', 'old'), cache_set('a', 'old')",
       "SELECT kv_config('cache.max_bytes', 50)", "SELECT cache_set('a', printf('%200d', 1))"},
      {"SELECT cache_set('x', 1, 0)", "SELECT kv_config('cache.max_entries', 3)",
       "SELECT cache_set('n', 1)"},
      {"SELECT cache_set('x', 1)", "SELECT kv_config('cache.max_entries', 3)",
       "SELECT cache_add('n', 1)"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.before);
    Scratch scratch;
    Database one(scratch.path("db")), other(scratch.path("db"));
    ASSERT_TRUE(one.load().ok());
    ASSERT_TRUE(other.load().ok());
    ASSERT_TRUE(other.run("SELECT cache_set('a', 1), cache_set('b', 1), cache_set('c', 1)").ok());
    ASSERT_TRUE(one.run(each.before).ok());
    ASSERT_TRUE(other.run(each.limit).ok());
    // A host's own statement, whichever, may be the first to read the new schema.
    ASSERT_TRUE(one.run("SELECT count(*) FROM larder_cache").ok());
    one.run(each.set);
    EXPECT_EQ(other.value("SELECT count(*) <= 3 FROM larder_cache"), "1");
    EXPECT_EQ(other.value("SELECT max(length(value)) <= 50 FROM larder_cache"), "1");
  }
}

TEST(cache_limits, set_elsewhere_do_not_refuse_what_is_not_stored) {
  Scratch scratch;
  Database one(scratch.path("db")), other(scratch.path("db"));
  ASSERT_TRUE(one.load().ok());
  ASSERT_TRUE(other.load().ok());
  ASSERT_TRUE(one.run("SELECT cache_set('k', 1, 0)").ok());
  ASSERT_TRUE(other.run("SELECT kv_config('cache.max_bytes', 50)").ok());
  EXPECT_EQ(one.value("SELECT length(cache_set('k', printf('%200d', 1), 0))"), "200");
}

// Among many entries the one to go is the oldest of a random sample. An entry that grows makes
// room, and does not go itself, although it is the oldest of all.
TEST(cache_limits, leave_the_entry_that_wants_room) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT kv_clock(1000), cache_set('a', zeroblob(300)), kv_clock(2000);"
                     "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70) "
                     "SELECT cache_set(i, zeroblob(300)) FROM n; SELECT kv_clock(1000)")
                  .ok());
  for (int i = 301; i <= 330; ++i) {
    const std::string bytes = std::to_string(i);
    ASSERT_TRUE(db.run("SELECT kv_config('cache.max_bytes', value) FROM kv_stats WHERE name = "
                       "'bytes'; UPDATE kv_cache SET value = zeroblob(" +
                       bytes + ") WHERE key = 'a'")
                    .ok());
    ASSERT_EQ(db.value("SELECT length(cache_get('a'))"), bytes);
  }
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "41");
}

}  // namespace
