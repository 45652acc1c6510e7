// kv_sweep() commits in small steps, so that no writer waits long, whatever it finds.
#include <gtest/gtest.h>

#include <vector>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// The rows that each commit of `sql` has changed.
std::vector<int> steps_of(Database& db, const char* sql) {
  struct Seen {
    sqlite3* db;
    int changes;
    std::vector<int> steps;
  } seen{db.get(), sqlite3_total_changes(db.get()), {}};
  sqlite3_commit_hook(
      db.get(),
      [](void* context) {
        auto* so_far = static_cast<Seen*>(context);
        const int changes = sqlite3_total_changes(so_far->db);
        if (changes != so_far->changes) so_far->steps.push_back(changes - so_far->changes);
        so_far->changes = changes;
        return 0;
      },
      &seen);
  EXPECT_TRUE(db.run(sql).ok());
  sqlite3_commit_hook(db.get(), nullptr, nullptr);
  return seen.steps;
}

// Of `in` rows the first `dead` are dead, the last `claimed` are dead, too, and claimed; the others
// have been refreshed.
void fill(Database& db, int in, int dead, int claimed) {
  const std::string place = "key % " + std::to_string(in);
  const std::string is_claimed = place + " >= " + std::to_string(in - claimed);
  const std::string is_dead = place + " < " + std::to_string(dead) + " OR " + is_claimed;
  const auto filled = db.run(
      "SELECT kv_clock(1000), cache_del('nothing'); "
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5999) "
      "INSERT INTO kv_cache(key, value, ttl) SELECT i, i, 10 + i / 1000 FROM n; "
      "UPDATE larder_cache SET expires_at = CASE WHEN " +
      is_dead + " THEN expires_at ELSE 9e9 END, claimed_until = CASE WHEN " + is_claimed +
      " THEN 9e9 END; SELECT kv_clock(2000)");
  ASSERT_TRUE(filled.ok()) << filled;
}

TEST(sweep_steps, have_500_rows_at_most) {
  struct Mix {
    int in, dead, claimed;
  };
  for (const Mix mix : {Mix{1, 1, 0}, {5, 1, 0}, {1, 0, 0}, {5, 1, 2}, {1, 0, 1}, {50, 1, 0}}) {
    SCOPED_TRACE(testing::Message() << mix.dead << " dead in " << mix.in);
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    fill(db, mix.in, mix.dead, mix.claimed);
    const int changed = std::stoi(
        db.value("SELECT count(*) FROM larder_cache WHERE expires_at > 2000 OR claimed_until IS "
                 "NULL"));
    const auto steps = steps_of(db, "SELECT kv_sweep()");
    int sum = 0;
    for (const int step : steps) {
      EXPECT_LE(step, 500);
      sum += step;
    }
    EXPECT_EQ(sum, changed);
    EXPECT_EQ(
        db.value(
            "SELECT count(*) FROM larder_cache WHERE sweep_at < 2000 AND claimed_until IS NULL"),
        "0");
    support::expect_sound(db);
  }
}

}  // namespace
