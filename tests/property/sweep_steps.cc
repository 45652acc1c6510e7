// kv_sweep() and ledger_forget() commit in small steps, so that no writer waits long, whatever they
// find.
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

// Ids of every kind, of which some are forgotten already, and two other ledgers.
void fill_ledger(Database& db) {
  const auto filled = db.run(
      "SELECT kv_clock(1000); "
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2998) "
      "INSERT INTO kv_ledger(ledger, id, status, expires_at) SELECT 'l', iif(i % 3 = 0, "
      "CAST(i || '' AS BLOB), i), 'done', iif(i % 10 = 0, 1001, NULL) FROM n; "
      "SELECT ledger_mark('l', ''), ledger_mark('l', x''), ledger_mark('m', 'a'), "
      "ledger_mark('l2', 'a'), kv_clock(2000)");
  ASSERT_TRUE(filled.ok()) << filled;
}

class forget_steps : public testing::Test {
 protected:
  forget_steps() {
    EXPECT_TRUE(db.load().ok());
    fill_ledger(db);
  }
  std::string rows() { return db.value("SELECT count(*) FROM larder_ledger WHERE ledger = 'l'"); }

  Scratch scratch;
  Database db{scratch.path("db")};
};

TEST_F(forget_steps, have_500_rows_at_most) {
  int sum = 0;
  for (const int step : steps_of(db, "SELECT ledger_forget('l')")) {
    EXPECT_LE(step, 500);
    sum += step;
  }
  EXPECT_EQ(sum, 3001);
  EXPECT_EQ(db.value("SELECT group_concat(ledger) FROM larder_ledger"), "l2,m");
}

int sleep_a_while(unsigned, void*, void*, void*) {
  sqlite3_sleep(5);
  return 0;
}

// So that a slow machine holds up others no longer than a fast one; but where several must agree, a
// step is as long everywhere.
TEST_F(forget_steps, grow_shorter_where_each_takes_long) {
  sqlite3_trace_v2(db.get(), SQLITE_TRACE_STMT, sleep_a_while, nullptr);
  auto steps = steps_of(db, "SELECT ledger_forget('l')");
  ASSERT_GT(steps.size(), 4u);
  steps.resize(5);
  EXPECT_EQ(steps, (std::vector{500, 250, 125, 100, 100}));
}

TEST_F(forget_steps, are_as_long_everywhere_in_a_replicated_file) {
  ASSERT_TRUE(db.run("SELECT kv_config('replicated', 1), kv_clock(2000)").ok());
  sqlite3_trace_v2(db.get(), SQLITE_TRACE_STMT, sleep_a_while, nullptr);
  EXPECT_EQ(steps_of(db, "SELECT ledger_forget('l')"),
            (std::vector{500, 500, 500, 500, 500, 500, 1}));
}

TEST_F(forget_steps, count_what_was_known) {
  EXPECT_EQ(db.value("SELECT ledger_forget('l')"), "2701");
  EXPECT_EQ(db.value("SELECT ledger_forget('l')"), "0");
  EXPECT_EQ(rows(), "0");
}

TEST_F(forget_steps, are_one_in_a_transaction) {
  EXPECT_TRUE(db.run("BEGIN; SELECT ledger_forget('l'); ROLLBACK").ok());
  EXPECT_EQ(rows(), "3001");
  EXPECT_EQ(steps_of(db, "BEGIN; SELECT ledger_forget('l'); COMMIT").size(), 1u);
  EXPECT_EQ(rows(), "0");
}

TEST_F(forget_steps, pass_rows_that_a_trigger_keeps) {
  ASSERT_TRUE(db.run("CREATE TRIGGER keep BEFORE DELETE ON larder_ledger WHEN old.id LIKE '%7' "
                     "BEGIN SELECT raise(ignore); END")
                  .ok());
  const std::string kept = db.value("SELECT count(*) FROM larder_ledger WHERE id LIKE '%7'");
  EXPECT_TRUE(db.run("SELECT ledger_forget('l')").ok());
  EXPECT_EQ(rows(), kept);
}

TEST_F(forget_steps, that_were_interrupted_are_ended_by_a_second_call) {
  sqlite3_commit_hook(
      db.get(),
      [](void* handle) {
        sqlite3_interrupt(static_cast<sqlite3*>(handle));
        return 0;
      },
      db.get());
  EXPECT_EQ(db.run("SELECT ledger_forget('l')").code, SQLITE_INTERRUPT);
  sqlite3_commit_hook(db.get(), nullptr, nullptr);
  EXPECT_EQ(rows(), "2501");
  EXPECT_TRUE(db.run("SELECT ledger_forget('l')").ok());
  EXPECT_EQ(rows(), "0");
  support::expect_sound(db);
}

}  // namespace
