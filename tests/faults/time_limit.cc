// A host's time limit, a progress handler that stops everything from some moment on: the call fails
// and has done nothing. SQLite puts the question after so many steps, few or many.
#include <gtest/gtest.h>

#include "faults/every_moment.h"
#include "support/progress.h"

namespace {

using support::Database;
using support::EveryMoment;
using support::Progress;

// Stops at the question `n` and, from the next on, at every other one: no limit that a sane host
// has.
Progress::Stops stop_every_other(long n) {
  return [n](long question) {
    return n >= 0 && (question == n || (question > n && (question - n) % 2 == 1));
  };
}

support::Disturbance stopped(int steps, long stride, long sample,
                             Progress::Stops (*stops)(long n) = support::stop_from) {
  return {"stopped",
          [=](Database& db, long n, const std::function<void()>& call) {
            const Progress progress(db, steps, stops(n));
            call();
            return progress.has_come_to(n);
          },
          [](int code) { return code == SQLITE_INTERRUPT; }, stride, sample};
}

TEST(TimeLimit, at_every_question) {
  EveryMoment every_moment;
  for (const int steps : {1, 2, 3, 4, 7})
    every_moment.each_call(stopped(steps, 5, 13), support::kInMemory);
}

TEST(TimeLimit, at_every_other_question) {
  static constexpr support::Situation kFilled[] = {
      {"warm", support::Place::kMemory, true, false, false, true, 1}};
  for (const int steps : {1, 2})
    EveryMoment().each_call(stopped(steps, 1, 1, stop_every_other), kFilled,
                            {{"SELECT migrate()"}});
}

// What ends the savepoint is compiled anew after the migration, and done when it is stopped.
TEST(TimeLimit, at_the_end_of_a_savepoint) {
  static constexpr support::Situation kInside[] = {
      {"in a transaction", support::Place::kMemory, false, false, true, false, 1}};
  for (const int steps : {3, 4})
    EveryMoment().each_call(stopped(steps, 1, 1), kInside, {{"SELECT migrate(NULL, 2)"}});
}

// Whether a statement runs on `db` that begins with `head`.
bool is_running(Database& db, std::string_view head) {
  sqlite3_stmt* statement = nullptr;
  while ((statement = sqlite3_next_stmt(db.get(), statement)) != nullptr) {
    if (sqlite3_stmt_busy(statement) != 0 &&
        std::string_view(sqlite3_sql(statement)).starts_with(head))
      return true;
  }
  return false;
}

// No time limit does that. The call must come back all the same, if with its transaction open.
TEST(TimeLimit, no_rollback_is_let_through) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT checkpoint_set('c', 1); CREATE TRIGGER no AFTER UPDATE ON "
                     "larder_checkpoint BEGIN SELECT RAISE(ABORT, 'no'); END")
                  .ok());
  const std::string before = support::contents(db);
  {
    const Progress progress(db, 1, [&](long) { return is_running(db, "ROLLBACK"); });
    EXPECT_EQ(db.run("SELECT checkpoint_set('c', 2)").message, "checkpoint_set: no");
    EXPECT_TRUE(progress.has_come_to(0));
  }
  if (db.in_transaction()) db.run("ROLLBACK");
  EXPECT_EQ(support::contents(db), before);
}

// Calls `sql` with a limit at the question `n`. Returns whether that was met.
bool call_with_limit(Database& db, const std::string& sql, int steps, long n) {
  const std::string before = support::contents(db);
  support::Outcome outcome;
  bool met = false;
  {
    const Progress limit(db, steps, support::stop_from(n));
    outcome = db.run("SELECT " + sql);
    met = limit.has_come_to(n);
  }
  EXPECT_TRUE(outcome.ok() || outcome.code == SQLITE_INTERRUPT) << outcome;
  // (Or it is the SELECT that was stopped.)
  const bool has_failed = outcome.message.starts_with(sql.substr(0, sql.find('(')) + ": ");
  if (has_failed) {
    EXPECT_EQ(support::contents(db), before) << sql;
  }
  return met;
}

class AgainAndAgain : public testing::TestWithParam<int> {};

// SQLite counts the steps of a statement that is kept over all its runs. So on one connection the
// question comes, sooner or later, at any step of the ROLLBACK, too.
TEST_P(AgainAndAgain, on_one_connection) {
  for (const bool is_inside : {false, true}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT kv_config('cache.max_entries', 2), kv_config('cache.policy', "
                       "'fifo'), cache_set('a', 1), cache_set('b', 2), checkpoint_set('c', 3)")
                    .ok());
    bool met = true;
    for (long n = 0; met && !HasFailure(); ++n) {
      for (const std::string sql : {"checkpoint_set('c', 4)", "cache_set('new' || random(), 1)"}) {
        SCOPED_TRACE(std::to_string(n) + (is_inside ? ", inside: " : ": ") + sql);
        if (is_inside) db.run("BEGIN IMMEDIATE");
        met = call_with_limit(db, sql, GetParam(), n);
        EXPECT_TRUE(is_inside || !db.in_transaction());
        if (db.in_transaction()) db.run("COMMIT");
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(TimeLimit, AgainAndAgain, testing::Range(1, 21));

}  // namespace
