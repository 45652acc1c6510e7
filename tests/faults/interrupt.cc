// sqlite3_interrupt() and progress handlers at every moment: the call fails with SQLITE_INTERRUPT,
// leaves no transaction open and the connection's settings as they were.
#include <gtest/gtest.h>

#include "support/progress.h"
#include "support/scenario.h"
#include "support/stride.h"

namespace {

using support::Database;
using support::Progress;
using support::Scratch;

// stop(): interrupts the connection it runs on.
void stop(sqlite3_context* context, int, sqlite3_value**) {
  sqlite3_interrupt(sqlite3_context_db_handle(context));
}

void add_stop(Database& db) {
  ASSERT_EQ(sqlite3_create_function_v2(db.get(), "stop", -1, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                       nullptr, stop, nullptr, nullptr, nullptr),
            SQLITE_OK);
}

class Interrupt : public testing::TestWithParam<const char*> {};

// The calls, each with a trigger that interrupts in the midst of them.
TEST_P(Interrupt, by_a_trigger) {
  for (const char* when : {"BEFORE INSERT", "AFTER INSERT", "BEFORE UPDATE", "AFTER UPDATE",
                           "BEFORE DELETE", "AFTER DELETE"}) {
    for (const char* table : {"larder_cache", "larder_ledger", "larder_checkpoint", "larder_lease",
                              "larder_run", "larder_meta"}) {
      Database db;
      ASSERT_TRUE(db.load().ok());
      add_stop(db);
      ASSERT_TRUE(
          db.run("SELECT kv_clock(1000); SELECT cache_set('dead', 1, 1), cache_set('a', 1, 50),"
                 "ledger_mark('dead', 'x', 1, 1), ledger_mark('l', 'a'), checkpoint_set('a', 1),"
                 "ledger_add('q', 'a'), ledger_claim('q', 'b', 60),"
                 "lease_acquire('held', 60, 'me'), lease_acquire('ended', 5), "
                 "run_start('crashed', 5), run_start('running', 60),"
                 "kv_config('sweep.per_insert', 3); SELECT kv_clock(1020)")
              .ok());
      const std::string before =
          db.value("SELECT group_concat(key || value || sweep_at) FROM larder_cache");
      ASSERT_TRUE(db.run(std::string("CREATE TRIGGER t ") + when + " ON " + table +
                         " BEGIN SELECT stop(); END")
                      .ok());
      const auto outcome = db.run(GetParam());
      EXPECT_TRUE(outcome.ok() || outcome.code == SQLITE_INTERRUPT)
          << when << " " << table << ": " << outcome;
      support::expect_sound(db);
      support::expect_well(db);
      // A sweep is a row of short transactions: those before the interrupt stay.
      if (!outcome.ok() && GetParam() != std::string("SELECT kv_sweep()")) {
        EXPECT_EQ(db.value("SELECT group_concat(key || value || sweep_at) FROM larder_cache"),
                  before);
      }
      EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
      ASSERT_TRUE(db.run("DROP TRIGGER t").ok());
      const auto again = db.run(GetParam());
      EXPECT_TRUE(again.ok()) << again;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    call, Interrupt,
    testing::Values("SELECT cache_set('new', 1, 5)", "SELECT cache_set('a', 2, 5)",
                    "SELECT cache_set('a', 2, 500)", "SELECT cache_incr('n')",
                    "SELECT cache_pop('a')", "SELECT cache_clear()", "SELECT kv_sweep()",
                    "SELECT ledger_mark('l', 'new')", "SELECT ledger_forget('l')",
                    "SELECT ledger_add('q', 'new')", "SELECT ledger_next('q', 60)",
                    "SELECT ledger_claim('q', 'a', 60)", "SELECT ledger_renew('q', 'b', 1, 90)",
                    "SELECT ledger_done('q', 'b', 1)", "SELECT ledger_fail('q', 'b', 1, 'x')",
                    "SELECT ledger_skip('q', 'a', 'x')", "DELETE FROM kv_ledger WHERE id = 'b'",
                    "INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('q', 'a')",
                    "SELECT lease_acquire('held', 90, 'me')", "SELECT lease_acquire('ended', 60)",
                    "SELECT lease_renew('held', 1, 90)", "SELECT lease_release('held', 1)",
                    "SELECT run_start('crashed', 60)", "SELECT run_start('new', 60)",
                    "SELECT run_tick(2)", "SELECT run_finish(2)", "SELECT cache_claim('a', 60)",
                    "SELECT cache_claim('new', 60)", "SELECT checkpoint_advance('a', 5)",
                    "SELECT kv_config('sweep.per_insert', 5)",
                    "SELECT cache_set('x' || value, 1) FROM (SELECT 1 AS value UNION SELECT 2)"));

// A migration that is interrupted is not applied at all, and foreign keys are on again.
TEST(interrupt, a_migration) {
  for (const char* up : {"SELECT stop()", "CREATE TABLE b(x); SELECT stop(); CREATE TABLE c(x)",
                         "CREATE TABLE b(x); CREATE TABLE c(x); INSERT INTO c SELECT stop()"}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    add_stop(db);
    ASSERT_TRUE(
        db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), (2, '" +
               std::string(up) + "')")
            .ok());
    const auto outcome = db.run("SELECT migrate()");
    EXPECT_EQ(outcome.code, SQLITE_INTERRUPT) << outcome;
    support::expect_sound(db);
    EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b', 'c')"), "0");
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
    EXPECT_EQ(db.value("PRAGMA user_version"), "0");
  }
}

// Inside a user's transaction SQLite itself rolls everything back when a writing statement is
// interrupted. What matters: the file is whole, and nobody is told of a success.
TEST(interrupt, inside_a_users_transaction) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  add_stop(db);
  ASSERT_TRUE(db.run("CREATE TABLE t(x); SELECT cache_set('a', 1);"
                     "CREATE TRIGGER s AFTER UPDATE ON larder_cache BEGIN SELECT stop(); END")
                  .ok());
  const auto outcome = db.run("BEGIN; INSERT INTO t VALUES (1); SELECT cache_set('a', 2)");
  EXPECT_EQ(outcome.code, SQLITE_INTERRUPT);
  if (db.in_transaction()) db.run("ROLLBACK");
  EXPECT_EQ(db.value("SELECT count(*) FROM t"), "0");
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  support::expect_sound(db);
}

// A row that OR IGNORE has passed over is not what the statement fails of later.
TEST(interrupt, after_a_row_that_is_passed_over) {
  for (const std::string into : {"kv_cache(key, value)", "kv_ledger(ledger, id)"}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    add_stop(db);
    ASSERT_TRUE(db.run("INSERT INTO " + into + " VALUES ('a', 1)").ok());
    const auto outcome = db.run(
        "WITH RECURSIVE row(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < 9) "
        "INSERT OR IGNORE INTO " +
        into + " SELECT 'a', 1 FROM row WHERE i < 4 OR stop()");
    EXPECT_EQ(outcome.code, SQLITE_INTERRUPT) << outcome;
    EXPECT_EQ(outcome.message, "interrupted");
    const auto other =
        db.run("INSERT OR FAIL INTO " + into + " SELECT 'b', 2 UNION ALL SELECT 'a', 1");
    EXPECT_EQ(other.message.find("UNIQUE"), 0) << other;
  }
}

// Plays the scenario until it is stopped at the question `n`. Returns whether it was.
bool stop_in_scenario(Database& db, long n, const Progress::Stops& stops) {
  const Progress progress(db, 1, stops);
  for (const char* sql : support::kScenario) {
    const auto outcome = db.run(sql);
    EXPECT_TRUE(outcome.primary() == SQLITE_OK || outcome.primary() == SQLITE_INTERRUPT)
        << sql << ": " << outcome;
    if (!progress.has_come_to(n)) continue;
    const bool users_own = std::string(sql).find("BEGIN") == 0;
    EXPECT_TRUE(users_own || !db.in_transaction()) << sql << ": " << outcome;
    return true;
  }
  return false;
}

void stop_everywhere(Progress::Stops (*stops)(long n)) {
  bool met = true;
  long n = 0;
  for (; met && !testing::Test::HasFailure(); n += support::stride(17)) {
    SCOPED_TRACE(n);
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("PRAGMA synchronous = OFF").ok());
    met = stop_in_scenario(db, n, stops(n));
    if (db.in_transaction()) db.run("ROLLBACK");  // the user's own
    support::expect_nothing_half_done(db);
    support::expect_still_works(db);
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
  EXPECT_GT(n, 1000);
}

// The first write also decides on the journal mode: a pragma whose failure does not matter, but an
// interrupt there ends the transaction around it.
TEST(interrupt, while_the_tables_are_created) {
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); n += support::stride(3)) {
    Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    const Progress progress(db, 1, support::stop_at(n));
    const auto outcome = db.run("SELECT cache_set('a', 1)");
    met = progress.has_come_to(n);
    EXPECT_TRUE(outcome.ok() || outcome.primary() == SQLITE_INTERRUPT) << n << ": " << outcome;
    EXPECT_FALSE(db.in_transaction());
  }
}

TEST(interrupt, after_n_steps) { stop_everywhere(support::stop_at); }
TEST(interrupt, after_n_steps_for_good) { stop_everywhere(support::stop_from); }

}  // namespace
