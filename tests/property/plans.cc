// How Larder's own statements find their rows: by an index, however many there are. The statements
// that a connection keeps compiled are asked themselves.
#include <gtest/gtest.h>

#include <regex>
#include <vector>

#include "support/database.h"

namespace {

using support::Database;

std::vector<std::string> kept_statements(Database& db) {
  std::vector<std::string> found;
  sqlite3_stmt* statement = nullptr;
  while ((statement = sqlite3_next_stmt(db.get(), statement)) != nullptr)
    found.emplace_back(sqlite3_sql(statement));
  return found;
}

std::string plan_of(Database& db, const std::string& sql) {
  std::string plan;
  sqlite3_stmt* rows = db.prepare(("EXPLAIN QUERY PLAN " + sql).c_str());
  while (sqlite3_step(rows) == SQLITE_ROW)
    plan += reinterpret_cast<const char*>(sqlite3_column_text(rows, 3)) + std::string("\n");
  sqlite3_finalize(rows);
  return plan;
}

// Each call comes twice, because the second may take another way; in a transaction it may take a
// third.
void make_all_calls(Database& db) {
  for (const char* sql :
       {"SELECT ledger_add('q', 'a'), ledger_add('q', 'b'), ledger_add('q', 'c', 'payload')",
        "INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('q', 'd')",
        "SELECT ledger_next('q', 60)",
        "SELECT ledger_next('empty', 60)",
        "SELECT ledger_next('empty', 60)",
        "SELECT ledger_claim('q', 'b', 60), ledger_claim('q', 'new', 60)",
        "SELECT ledger_renew('q', 'b', 1, 60), ledger_fail('q', 'b', 2, 'error')",
        "SELECT ledger_done('q', 'a', 2), ledger_skip('q', 'c', 'reason')",
        "SELECT ledger_mark('m'), ledger_seen('m'), ledger_result('q', 'a')",
        "SELECT ledger_forget('q', 'c'), ledger_forget('m')",
        "DELETE FROM kv_ledger WHERE ledger = 'q' AND id = 'd'",
        "SELECT payload FROM kv_ledger WHERE ledger = 'q' AND id = 'a'",
        "SELECT lease_acquire('l', 60), lease_renew('l', 1, 60)",
        "SELECT lease_check('l', token), lease_release('l', token) FROM larder_lease",
        "SELECT * FROM kv_lease WHERE name = 'l'",
        "SELECT run_start('j', 60), run_tick(1), run_finish(1)",
        "SELECT * FROM kv_run WHERE id = 1; SELECT * FROM kv_run WHERE job = 'j'",
        "SELECT cache_claim('k', 60), cache_set('k', 1, 60), cache_claim('k', 60)",
        "SELECT cache_stale('k'), cache_get('k'), cache_touch('k', 90), cache_pop('k')",
        "SELECT checkpoint_advance('c', 1), checkpoint_get('c'), checkpoint_del('c')",
        "SELECT kv_sweep()"}) {
    const auto outcome = db.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
  }
}

TEST(plans, no_call_reads_a_whole_table) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT kv_config('ledger.max_attempts', 9)").ok());
  make_all_calls(db);
  make_all_calls(db);
  ASSERT_TRUE(db.run("BEGIN").ok());
  make_all_calls(db);
  ASSERT_TRUE(db.run("COMMIT").ok());
  const std::regex whole_table("SCAN (TABLE )?larder_|TEMP B-TREE");
  const auto statements = kept_statements(db);
  EXPECT_GT(statements.size(), 40u);
  for (const auto& sql : statements) {
    const std::string plan = plan_of(db, sql);
    EXPECT_FALSE(std::regex_search(plan, whole_table)) << sql << "\n" << plan;
  }
}

// Claiming stays as fast with a million ids that wait: the first in line is the first in an index,
// and so is the first of those that wait for their time. What was settled is in neither.
TEST(plans, the_next_in_line_is_the_first_in_an_index) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  make_all_calls(db);
  // What was compiled again, as others changed the schema, was not kept.
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(db.run("SELECT ledger_next('empty', 60)").ok());
  int lines = 0;
  int due = 0;
  for (const auto& sql : kept_statements(db)) {
    const std::string plan = plan_of(db, sql);
    if (sql.find("ledger = ?1 AND in_line_since IS NOT NULL") != std::string::npos) {
      ++lines;
      EXPECT_NE(plan.find("INDEX larder_ledger_line (ledger=?)"), std::string::npos) << plan;
    }
    if (sql.find("claimable_at <= ?3\nLIMIT 1") != std::string::npos) {
      ++due;
      EXPECT_NE(plan.find("INDEX larder_ledger_claimable (ledger=? AND claimable_at<?)"),
                std::string::npos)
          << plan;
    }
  }
  EXPECT_EQ(lines, 2);  // the claim, and the look before it after nothing was found
  EXPECT_EQ(due, 2);    // the same two
}

// The same counted: what one claim steps through does not grow with what is in line, nor with what
// waits for its time, nor with the number of priorities.
TEST(plans, a_claim_steps_through_no_rows) {
  for (const int waiting : {10, 10000}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("INSERT INTO kv_ledger(ledger, id, priority, claimable_at) WITH RECURSIVE "
                       "n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                       std::to_string(waiting) +
                       ") SELECT 'q', i, i, iif(i % 2, NULL, kv_clock() + 3600) FROM n")
                    .ok());
    long steps = 0;
    sqlite3_progress_handler(
        db.get(), 1, [](void* count) { return ++*static_cast<long*>(count), 0; }, &steps);
    for (int i = 0; i < 2; ++i)  // compiles, and looks at the tables
      ASSERT_TRUE(db.run("SELECT ledger_next('q', 60)").ok());
    steps = 0;
    ASSERT_NE(db.value("SELECT ledger_next('q', 60)"), "NULL");
    EXPECT_LT(steps, 700) << waiting << " waiting";
    EXPECT_GT(steps, 10);
  }
}

}  // namespace
