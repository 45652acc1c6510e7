// What is reported as failed has not happened: once a call has committed, nothing in it can fail.
#include <gtest/gtest.h>

#include "support/database.h"
#include "support/progress.h"
#include "support/stride.h"

namespace {

using support::Database;
using support::Outcome;

constexpr char kDeclare[] =
    "INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE a(x)', 'DROP TABLE a'), "
    "(2, 'CREATE TABLE b(x)', 'DROP TABLE b')";

// A call, what prepares it, and a question whose answer it changes from `before` to `after`.
struct Case {
  const char* call;
  const char* setup;
  const char* question;
  const char* before;
  const char* after;
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.call; }

constexpr char kTables[] =
    "SELECT count(*) || ' ' || (SELECT user_version FROM pragma_user_version) "
    "FROM sqlite_schema WHERE name IN ('a', 'b')";
constexpr char kHistory[] = "SELECT count(*) FROM larder_migration";

constexpr Case kCases[] = {
    {"SELECT migrate()", kDeclare, kTables, "0 0", "2 2"},
    {"SELECT migrate_down(0)", "SELECT migrate()", kTables, "2 2", "0 0"},
    {"SELECT migrate_baseline(2)", kDeclare, kHistory, "0", "2"},
    {"SELECT migrate_repair(1)",
     "SELECT migrate(); INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(y)')",
     "SELECT up FROM larder_migration WHERE version = 1", "CREATE TABLE a(x)", "CREATE TABLE a(y)"},
    {"SELECT kv_config('cache.max_entries', 5)", "", "SELECT kv_config('cache.max_entries')",
     "NULL", "5"},
    {"SELECT kv_config('cache.policy', 'fifo')", "", "SELECT kv_config('cache.policy')", "lru",
     "fifo"},
    {"SELECT checkpoint_set('c', zeroblob(5000))", "", "SELECT length(checkpoint_get('c'))", "NULL",
     "5000"},
    {"SELECT checkpoint_advance('c', 7)", "", "SELECT checkpoint_get('c')", "NULL", "7"},
    {"SELECT lease_acquire('l', 60)", "", "SELECT count(*) FROM kv_lease", "0", "1"},
    {"SELECT lease_renew('held', 1, 90)", "SELECT lease_acquire('held', 60)",
     "SELECT round(expires_at - acquired_at, -1) FROM kv_lease", "60.0", "90.0"},
    {"SELECT run_tick(1, 3)", "SELECT run_start('ticks', 60)", "SELECT done FROM kv_run", "0", "3"},
    {"SELECT ledger_mark('l', 'x')", "", "SELECT ledger_seen('l', 'x')", "0", "1"},
    {"SELECT cache_set('k', 1)", "", "SELECT cache_get('k')", "NULL", "1"},
    {"SELECT run_start('j', 60)", "", "SELECT count(*) FROM kv_run", "0", "1"},
};

class AfterTheCommit : public testing::TestWithParam<Case> {
 protected:
  static void prepare(Database& db) {
    ASSERT_TRUE(db.load().ok());
    // The tables are there, and the statements of the question are compiled.
    ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
    ASSERT_TRUE(db.run(kDeclare).ok());
    ASSERT_TRUE(db.run(GetParam().setup).ok());
    ASSERT_EQ(db.value(GetParam().question), GetParam().before);
  }

  // An error that has the function's name is the call's own; "interrupted" alone is that of the
  // SELECT around it, which may be stopped after the call has returned.
  static void expect_told(Database& db, const Outcome& outcome) {
    const std::string function = std::string(GetParam().call).substr(7);
    const std::string name = function.substr(0, function.find('('));
    const bool failed = outcome.message.starts_with(name + ": ");
    if (!outcome.ok() && !failed) return;
    EXPECT_EQ(db.value(GetParam().question), failed ? GetParam().before : GetParam().after)
        << outcome;
    support::expect_sound(db);
  }
};

// Denies what is asked as the n-th.
struct Guard {
  long left;
  bool met = false;
};

int deny(void* context, int, const char*, const char*, const char*, const char*) {
  auto* guard = static_cast<Guard*>(context);
  if (guard->left-- != 0) return SQLITE_OK;
  guard->met = true;
  return SQLITE_DENY;
}

TEST_P(AfterTheCommit, an_authorizer_denies) {
  bool met = true;
  for (long n = 0; met && !HasFailure(); ++n) {
    SCOPED_TRACE(n);
    Database db;
    prepare(db);
    Guard guard{n};
    sqlite3_set_authorizer(db.get(), deny, &guard);
    const auto outcome = db.run(GetParam().call);
    sqlite3_set_authorizer(db.get(), nullptr, nullptr);
    met = guard.met;
    expect_told(db, outcome);
  }
}

TEST_P(AfterTheCommit, a_progress_handler_stops) {
  bool met = true;
  for (long n = 0; met && !HasFailure(); n += support::stride(1)) {
    SCOPED_TRACE(n);
    Database db;
    prepare(db);
    Outcome outcome;
    {
      const support::Progress progress(db, 1, support::stop_at(n));
      outcome = db.run(GetParam().call);
      met = progress.has_come_to(n);
    }
    expect_told(db, outcome);
  }
}

// Where one script has no transaction, there are several commits: then the error says what stays.
TEST(after_the_commit, says_what_stays) {
  bool met = true;
  long halves = 0;
  for (long n = 0; met && !HasFailure(); ++n) {
    SCOPED_TRACE(n);
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), "
                       "(2, '-- migrate:no-transaction\nCREATE TABLE b(x)'), "
                       "(3, 'CREATE TABLE c(x)')")
                    .ok());
    Guard guard{n};
    sqlite3_set_authorizer(db.get(), deny, &guard);
    const auto outcome = db.run("SELECT migrate()");
    sqlite3_set_authorizer(db.get(), nullptr, nullptr);
    met = guard.met;
    const std::string tables =
        db.value("SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b', 'c')");
    const bool says = outcome.message.find(" stay") != std::string::npos;
    EXPECT_TRUE(outcome.ok() ? tables == "3" : says || tables == "0") << tables << outcome;
    if (says) ++halves;
    support::expect_sound(db);
  }
  EXPECT_GT(halves, 10);
}

INSTANTIATE_TEST_SUITE_P(call, AfterTheCommit, testing::ValuesIn(kCases));

}  // namespace
