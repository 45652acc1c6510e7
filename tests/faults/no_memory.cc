// Allocation failures: SQLite's allocator is wrapped so that the n-th allocation fails, for every n
// of the scenario.
#include <gtest/gtest.h>

#include "support/scenario.h"
#include "support/stride.h"

namespace {

using support::Database;
using support::Scratch;

sqlite3_mem_methods real;
long countdown = -1;    // allocations until the failure; negative: none fails
bool for_good = false;  // what follows the failure fails too
bool failed = false;

bool fails() {
  if (countdown < 0) return false;
  if (countdown > 0) {
    --countdown;
    return false;
  }
  failed = true;
  if (!for_good) countdown = -1;
  return true;
}

void* allocate(int size) { return fails() ? nullptr : real.xMalloc(size); }
void* reallocate(void* memory, int size) { return fails() ? nullptr : real.xRealloc(memory, size); }

// SQLite takes an allocator only before it is first used: so before main().
const bool is_installed = [] {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) return false;
  sqlite3_mem_methods mine = real;
  mine.xMalloc = allocate;
  mine.xRealloc = reallocate;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) == SQLITE_OK;
}();

class Failure {
 public:
  Failure(long allocations, bool persistent) {
    failed = false;
    for_good = persistent;
    countdown = allocations;
  }
  Failure(const Failure&) = delete;
  Failure& operator=(const Failure&) = delete;
  ~Failure() { countdown = -1; }
};

// Without the lookaside buffer every allocation comes to us.
void without_lookaside(Database& db) {
  ASSERT_EQ(sqlite3_db_config(db.get(), SQLITE_DBCONFIG_LOOKASIDE, nullptr, 0, 0), SQLITE_OK);
}

void expect_only(const std::set<int>& codes, long n) {
  for (const int code : codes) {
    // ABORT: SQLite has rolled back and does not say why (see run_statement() of the migrations).
    EXPECT_TRUE(code == SQLITE_OK || code == SQLITE_NOMEM || code == SQLITE_ABORT)
        << code << " at allocation " << n;
  }
}

// Loading either succeeds or says that there is no memory; afterwards it can be done again.
void fail_while_loading(bool persistent) {
  ASSERT_TRUE(is_installed);
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); ++n) {
    Database db;
    without_lookaside(db);
    {
      Failure failure(n, persistent);
      const auto outcome = db.load();
      met = failed;
      EXPECT_TRUE(outcome.ok() || outcome.primary() == SQLITE_NOMEM ||
                  outcome.primary() == SQLITE_ERROR)
          << outcome << " at allocation " << n;
    }
    const auto again = db.load();
    EXPECT_TRUE(again.ok()) << again << " at allocation " << n;
    EXPECT_EQ(db.value("SELECT cache_set('a', 1, 60)"), "1") << n;
    EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), "1") << n;
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1") << n;
    EXPECT_EQ(db.close(), SQLITE_OK) << n;
  }
}

TEST(no_memory, while_loading) { fail_while_loading(false); }
TEST(no_memory, while_loading_for_good) { fail_while_loading(true); }

// Loading a second time must not mistake a lack of memory for a first load, and forget what was
// there.
TEST(no_memory, while_loading_again) {
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); ++n) {
    Database db;
    without_lookaside(db);
    ASSERT_TRUE(db.load().ok());
    ASSERT_EQ(db.value("SELECT kv_clock(1000)"), "1000.0");
    {
      Failure failure(n, false);
      db.load();
      met = failed;
    }
    EXPECT_EQ(db.value("SELECT kv_clock()"), "1000.0") << "at allocation " << n;
  }
}

// Every n, with a stride where the whole would take too long.
void fail_in_scenario(bool persistent, long stride) {
  bool met = true;
  long n = 0;
  for (; met && !testing::Test::HasFailure(); n += support::stride(stride)) {
    Scratch scratch;
    Database db(scratch.path("db"));
    without_lookaside(db);
    ASSERT_TRUE(db.load().ok());
    {
      Failure failure(n, persistent);
      const auto codes = support::play(db);
      met = failed;
      countdown = -1;
      if (db.in_transaction()) db.run("ROLLBACK");  // the host's own, see play()
      expect_only(codes, n);
    }
    support::expect_nothing_half_done(db);
    support::expect_still_works(db);
    EXPECT_EQ(db.close(), SQLITE_OK) << n;
  }
  EXPECT_GT(n, 1000);
}

// All that Larder's tables hold, and the tables of the migrations.
std::string contents(Database& db) {
  return db.value(
      "SELECT group_concat(row, char(10)) FROM ("
      "SELECT 'ledger' || id || status || attempts || coalesce(token, '') || "
      "coalesce(claimable_at, '') || coalesce(error, '') AS row FROM larder_ledger "
      "UNION ALL SELECT 'lease' || name || token || (owner IS NULL) || expires_at "
      "FROM larder_lease "
      "UNION ALL SELECT 'run' || id || status || done || lease_until FROM larder_run "
      "UNION ALL SELECT 'cache' || key || coalesce(value, '') || "
      "coalesce(claimed_until, '') FROM larder_cache "
      "UNION ALL SELECT 'migration' || version FROM larder_migration "
      "UNION ALL SELECT 'meta' || name || value FROM larder_meta "
      "UNION ALL SELECT 'table' || name FROM sqlite_schema)");
}

// A database in which there is something for each call.
constexpr const char* kDeclare =
    "SELECT kv_clock(1010); INSERT INTO kv_migration(version, up, down) VALUES "
    "(1, 'CREATE TABLE m(x); INSERT INTO m VALUES (1)', 'DROP TABLE m')";

void fill(Database& db) {
  ASSERT_TRUE(db.load().ok());
  const auto made = db.run(
      "SELECT kv_clock(1000); "
      "SELECT ledger_add('q', 'a', hex(zeroblob(2000))), ledger_claim('q', 'b', 60), "
      "ledger_claim('q', 'spent', 5), kv_config('ledger.max_attempts', 1), "
      "lease_acquire('held', 60), lease_acquire('ended', 5), "
      "cache_set('k', hex(zeroblob(2000)), 60), cache_set('dead', 1, 5), "
      "run_start('crashed', 5), run_start('running', 60)");
  ASSERT_TRUE(made.ok()) << made;
  ASSERT_TRUE(db.run(kDeclare).ok());
  ASSERT_TRUE(db.run("SELECT migrate()").ok());
}

// Making it anew each time would take ten times as long.
void copy(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  ASSERT_NE(backup, nullptr);
  ASSERT_EQ(sqlite3_backup_step(backup, -1), SQLITE_DONE);
  ASSERT_EQ(sqlite3_backup_finish(backup), SQLITE_OK);
}

// A call on a database that is filled; `before` begins a transaction of the caller's, or is empty.
struct Trial {
  Database& filled;
  const char* sql;
  const char* before;
  bool warm;              // all statements have been compiled: what fails is their run
  std::string done = "";  // what is there after the undisturbed call
};

// Lets the n-th allocation of the call fail; returns whether there was one.
bool fail_at(long n, Trial& trial) {
  Database db;
  without_lookaside(db);
  copy(trial.filled, db);
  EXPECT_TRUE(db.load().ok());
  EXPECT_TRUE(db.run(kDeclare).ok());
  if (trial.warm) {
    EXPECT_TRUE(db.run(std::string("BEGIN; ") + trial.sql + "; ROLLBACK").ok());
  }
  const std::string old = contents(db);
  EXPECT_TRUE(db.run(trial.before).ok());
  int rc = SQLITE_OK;
  {
    Failure failure(n, false);
    // Not run(): it reads the answer as text, which needs memory of its own.
    rc = sqlite3_exec(db.get(), trial.sql, nullptr, nullptr, nullptr);
  }
  const bool met = failed;
  const std::string now = contents(db);
  if (trial.done.empty()) trial.done = now;
  EXPECT_EQ(now, rc == SQLITE_OK ? trial.done : old) << rc;
  EXPECT_TRUE(rc == SQLITE_OK || rc == SQLITE_NOMEM) << rc;
  EXPECT_TRUE(*trial.before != '\0' || !db.in_transaction());
  if (db.in_transaction()) {
    EXPECT_TRUE(db.run("COMMIT").ok());
  }
  support::expect_well(db);
  EXPECT_EQ(db.close(), SQLITE_OK);
  return met;
}

void fail_in_call(Database& filled, const char* sql) {
  for (const char* before : {"", "BEGIN"}) {
    for (const bool warm : {false, true}) {
      Trial trial{filled, sql, before, warm};
      fail_at(-1, trial);
      long n = 0;
      while (!testing::Test::HasFailure() && fail_at(n, trial)) n += support::stride(warm ? 1 : 7);
      EXPECT_GT(n, 5) << sql;
      EXPECT_FALSE(testing::Test::HasFailure())
          << before << " " << sql << " at allocation " << n << (warm ? " of its run" : "");
    }
  }
}

// When a call fails, nothing of it is there.
TEST(no_memory, in_each_call) {
  Database filled;
  fill(filled);
  for (const char* sql :
       {"SELECT ledger_next('q', 60)", "SELECT ledger_claim('q', 'a', 60)",
        "SELECT ledger_done('q', 'b', 1, 'result')", "SELECT ledger_fail('q', 'b', 1, 'error')",
        "SELECT ledger_renew('q', 'b', 1, 90)", "SELECT ledger_skip('q', 'a', 'reason')",
        "SELECT ledger_add('q', 'new', 'payload')", "SELECT ledger_forget('q')",
        "SELECT lease_acquire('ended', 60)", "SELECT lease_renew('held', 1, 90)",
        "SELECT lease_release('held', 1)", "SELECT run_start('crashed', 60)",
        "SELECT run_tick(2, 5)", "SELECT run_finish(2)", "SELECT cache_claim('k', 60)",
        "SELECT cache_claim('new', 60)", "SELECT cache_pop('k')"}) {
    fail_in_call(filled, sql);
  }
}

// SQLite refuses to DROP while another statement reads, and then undoes what it has done so far;
// when that fails, it rolls back all. No DROP must then run outside of the transaction.
TEST(no_memory, in_a_migration_that_drops) {
  Database filled;
  fill(filled);
  bool met = true;
  long n = 0;
  for (; met && !testing::Test::HasFailure(); n += support::stride(1)) {
    Database db;
    without_lookaside(db);
    copy(filled, db);
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run(kDeclare).ok());
    {
      Failure failure(n, false);
      sqlite3_exec(db.get(), "SELECT migrate_down(0)", nullptr, nullptr, nullptr);
    }
    met = failed;
    EXPECT_FALSE(db.in_transaction()) << n;
    EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'm'"),
              db.value("SELECT count(*) FROM larder_migration"))
        << "at allocation " << n;
    support::expect_well(db);
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1") << n;
  }
  EXPECT_GT(n, 500);
}

// What changes the schema makes SQLite compile anew what ends the transaction.
TEST(no_memory, in_a_migration_for_good) {
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); n += support::stride(3)) {
    Database db;
    without_lookaside(db);
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(
        db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)')").ok());
    {
      Failure failure(n, true);
      db.run("SELECT migrate()");
      met = failed;
    }
    EXPECT_FALSE(db.in_transaction()) << "at allocation " << n;
  }
}

TEST(no_memory, in_the_scenario) { fail_in_scenario(false, 37); }
TEST(no_memory, in_the_scenario_for_good) { fail_in_scenario(true, 211); }

// A value that is asked for again and again, and changed in between. What there is no memory to
// keep is asked of the file: a call gives the right answer or SQLITE_NOMEM.
class Hot {
 public:
  explicit Hot(const std::string& path) : db_(path) {
    without_lookaside(db_);
    EXPECT_TRUE(db_.load().ok());
    must("PRAGMA synchronous = off");
    must(
        "SELECT cache_set('k', printf('%.*c', 4096, 'a')), cache_set('z', 1), "
        "ledger_mark('id', 'l', 1)");
  }

  void play() {
    for (const char* letter : {"b", "c", "d"}) {
      ask_all();
      db_.run(std::string("SELECT cache_set('k', printf('%.*c', 4096, '") + letter + "'))");
      learn();
      ask_all();
      db_.run(std::string("UPDATE larder_cache SET value = '") + letter + "' WHERE key = 'k'");
      learn();
    }
  }

  void must(const std::string& sql) { EXPECT_TRUE(db_.run(sql).ok()) << sql; }
  std::int64_t hits() {
    return std::stoll(db_.value("SELECT value FROM kv_stats WHERE name = 'hot_hits'"));
  }
  void ask_all() {
    for (int i = 0; i < 3; ++i) {
      ask("SELECT cache_get('k')", value_);
      ask("SELECT cache_get('absent', 'nothing')", "nothing");
      ask("SELECT ledger_seen('id', 'l')", "1");
      ask("SELECT hex(cache_set('z', zeroblob(500)))", std::string(1000, '0'));
      ask("SELECT hex(cache_get('z'))", std::string(1000, '0'), "31");
    }
  }

 private:
  void ask(const char* sql, const std::string& want, const std::string& or_else = "no") {
    const support::Outcome got = db_.run(sql);
    EXPECT_TRUE(got.primary() == SQLITE_NOMEM ||
                (got.ok() && (got.value == want || got.value == or_else)))
        << sql << ": " << got << ", want " << want;
  }

  // What the file says, with memory: a change that could not give its answer may have been made.
  void learn() {
    const long paused = std::exchange(countdown, -1);
    value_ = db_.value("SELECT value FROM larder_cache WHERE key = 'k'");
    countdown = paused;
  }

  Database db_;
  std::string value_ = std::string(4096, 'a');
};

void fail_while_hot(bool persistent, long stride) {
  bool met = true;
  long n = 0;
  for (; met && !testing::Test::HasFailure(); n += support::stride(stride)) {
    SCOPED_TRACE(n);
    Scratch scratch;
    Hot hot(scratch.path("db"));
    hot.ask_all();
    {
      Failure failure(n, persistent);
      hot.play();
      met = failed;
    }
    hot.play();
    EXPECT_GT(hot.hits(), 9);
  }
  EXPECT_GT(n, 100);
}

TEST(no_memory, while_hot) { fail_while_hot(false, 3); }
TEST(no_memory, while_hot_for_good) { fail_while_hot(true, 7); }

}  // namespace
