// Allocation failures: the n-th allocation of SQLite fails (faults/failing_memory.h), for every n
// of the scenario.
#include <gtest/gtest.h>

#include "faults/failing_memory.h"
#include "support/scenario.h"
#include "support/stride.h"

namespace {

using support::Database;
using support::Failure;
using support::Scratch;
using support::without_lookaside;

void expect_only(const std::set<int>& codes, long n) {
  for (const int code : codes) {
    // ABORT: SQLite has rolled back and does not say why (see run_statement() of the migrations).
    EXPECT_TRUE(code == SQLITE_OK || code == SQLITE_NOMEM || code == SQLITE_ABORT)
        << code << " at allocation " << n;
  }
}

// Loading either succeeds or says that there is no memory; afterwards it can be done again.
void fail_while_loading(bool persistent) {
  ASSERT_TRUE(support::memory_can_fail());
  bool met = true;
  for (long n = 0; met && !testing::Test::HasFailure(); ++n) {
    Database db;
    without_lookaside(db);
    {
      Failure failure(n, persistent);
      const auto outcome = db.load();
      met = failure.met();
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
      met = failure.met();
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
      met = failure.met();
      failure.end();
      if (db.in_transaction()) db.run("ROLLBACK");  // the host's own, see play()
      expect_only(codes, n);
    }
    support::expect_nothing_half_done(db);
    support::expect_still_works(db);
    EXPECT_EQ(db.close(), SQLITE_OK) << n;
  }
  EXPECT_GT(n, 1000);
}

// What changes the schema makes SQLite compile anew what ends the transaction.
TEST(no_memory, in_a_migration_for_good) {
  if (!support::can_undo_without_memory("SELECT migrate()"))
    GTEST_SKIP() << "this SQLite starts no statement without memory";
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
      met = failure.met();
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
    const support::Pause pause;
    value_ = db_.value("SELECT value FROM larder_cache WHERE key = 'k'");
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
      met = failure.met();
    }
    hot.play();
    EXPECT_GT(hot.hits(), 9);
  }
  EXPECT_GT(n, 100);
}

TEST(no_memory, while_hot) { fail_while_hot(false, 3); }
TEST(no_memory, while_hot_for_good) { fail_while_hot(true, 7); }

}  // namespace
