// A sweep of a user's rows, and a wait, that are interrupted or out of memory at any moment. A
// sweep goes in steps, so some rows may be gone; but each went with what its trigger does.
#include <gtest/gtest.h>

#include <functional>

#include "faults/failing_memory.h"
#include "support/database.h"
#include "support/progress.h"
#include "support/stride.h"

namespace {

using support::Database;

constexpr const char* kTables =
    "SELECT kv_clock(1000);"
    "CREATE TABLE a(id INTEGER PRIMARY KEY, at); CREATE INDEX a_at ON a(at);"
    "CREATE TABLE b(k TEXT PRIMARY KEY, at) WITHOUT ROWID;"
    "CREATE TABLE c(id INTEGER PRIMARY KEY, at);"
    "CREATE TABLE gone(t, id);"
    "CREATE TRIGGER a_gone AFTER DELETE ON a BEGIN INSERT INTO gone VALUES ('a', old.id); END;"
    "CREATE TRIGGER b_gone AFTER DELETE ON b BEGIN INSERT INTO gone VALUES ('b', old.k); END;"
    "CREATE TRIGGER c_stays BEFORE DELETE ON c BEGIN SELECT RAISE(ROLLBACK, 'stays'); END;"
    "INSERT INTO a VALUES (1, 1), (2, 2), (3, 3), (4, 2000);"
    "INSERT INTO b SELECT id, at FROM a; INSERT INTO c SELECT id, at FROM a;"
    "INSERT INTO kv_expiry VALUES ('a', 'at', 60, 's'), ('b', 'at', 60, 's'), ('c', 'at', 60, "
    "'s')";

// Runs its second argument with the n-th step or allocation disturbed, and returns whether it came
// to that.
using Disturb = std::function<bool(Database&, long, const std::function<void()>&)>;

bool interrupted_at(Database& db, long n, const std::function<void()>& call) {
  const support::Progress progress(db, 1, support::interrupt_at(db, n));
  call();
  return progress.has_come_to(n);
}

bool without_memory_at(Database&, long n, const std::function<void()>& call) {
  const support::Failure failure(n);
  call();
  return failure.met();
}

bool sweeps(const Disturb& disturbed, int code, long n) {
  Database db;
  support::without_lookaside(db);
  EXPECT_TRUE(db.load().ok());
  EXPECT_TRUE(db.run(kTables).ok());
  support::Outcome outcome;
  const bool met = disturbed(db, n, [&] { outcome = db.run("SELECT kv_sweep()"); });
  EXPECT_TRUE(outcome.ok() || outcome.primary() == code) << "at " << n << ": " << outcome;
  EXPECT_FALSE(db.in_transaction()) << "at " << n;
  EXPECT_EQ(db.value("SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM a) + "
                     "(SELECT count(*) FROM b)"),
            "8")
      << "at " << n;
  EXPECT_TRUE(db.run("SELECT kv_sweep()").ok()) << "at " << n;
  EXPECT_EQ(db.value("SELECT group_concat(t || id, ' ') FROM (SELECT * FROM gone ORDER BY t, id)"),
            "a1 a2 a3 b1 b2 b3")
      << "at " << n;
  EXPECT_EQ(db.value("SELECT group_concat(ifnull(error, '-'), ' ') FROM kv_expiry"), "- - stays")
      << "at " << n;
  EXPECT_EQ(db.close(), SQLITE_OK);
  return met && !testing::Test::HasFailure();
}

TEST(expiring, an_interrupt_at_every_step) {
  const long next = support::stride(3);
  for (long n = 0; sweeps(interrupted_at, SQLITE_INTERRUPT, n);) n += next;
}

TEST(expiring, no_memory_at_every_allocation) {
  if (!support::memory_can_fail()) GTEST_SKIP();
  const long next = support::stride(3);
  for (long n = 0; sweeps(without_memory_at, SQLITE_NOMEM, n);) n += next;
}

bool waits(const Disturb& disturbed, int code, long n) {
  const support::Scratch scratch;
  Database other(scratch.path("db"));
  EXPECT_TRUE(other.load().ok());
  EXPECT_TRUE(other.run("SELECT ledger_claim('q', 'a', 60)").ok());
  Database db(scratch.path("db"));
  support::without_lookaside(db);
  EXPECT_TRUE(db.load().ok());
  db.value("SELECT kv_wait(0)");
  support::Outcome outcome;
  const bool met = disturbed(db, n, [&] { outcome = db.run("SELECT kv_wait(0)"); });
  EXPECT_TRUE(outcome.primary() == code || outcome.value == "0") << "at " << n << ": " << outcome;
  EXPECT_EQ(db.value("SELECT kv_wait(0)"), "0") << "at " << n;
  EXPECT_TRUE(other.run("SELECT cache_set('a', 1)").ok());
  EXPECT_EQ(db.value("SELECT kv_wait(0)"), "1") << "at " << n;
  EXPECT_EQ(db.close(), SQLITE_OK);
  return met && !testing::Test::HasFailure();
}

TEST(waiting, an_interrupt_at_every_step) {
  const long next = support::stride(1);
  for (long n = 0; waits(interrupted_at, SQLITE_INTERRUPT, n);) n += next;
}

TEST(waiting, no_memory_at_every_allocation) {
  if (!support::memory_can_fail()) GTEST_SKIP();
  const long next = support::stride(1);
  for (long n = 0; waits(without_memory_at, SQLITE_NOMEM, n);) n += next;
}

}  // namespace
