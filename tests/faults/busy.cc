// Other connections in the way: which code, which message, and that nothing is left open.
#include <gtest/gtest.h>

#include <thread>
#include <tuple>

#include "faults/calls.h"
#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

class Busy : public testing::Test {
 protected:
  Busy() : one(scratch.path("db")), two(scratch.path("db")) {
    for (Database* db : {&one, &two}) {
      EXPECT_TRUE(db->load().ok());
      EXPECT_TRUE(db->run("PRAGMA busy_timeout = 1").ok());
    }
    EXPECT_TRUE(
        one.run("CREATE TABLE t(x); INSERT INTO t VALUES (1), (2); SELECT cache_set('a', 'old')")
            .ok());
  }
  Scratch scratch;
  Database one, two;
};

TEST_F(Busy, a_writer_in_the_way) {
  ASSERT_TRUE(one.run("BEGIN IMMEDIATE").ok());
  for (const char* sql :
       {"SELECT cache_set('a', 1)", "SELECT ledger_mark('x')", "SELECT kv_sweep()",
        "SELECT checkpoint_set('a', 1)", "SELECT lease_acquire('a', 5)", "SELECT run_start('a', 5)",
        "SELECT cache_claim('b', 5)", "SELECT lease_renew('a', 1, 5)",
        "SELECT lease_release('a', 1)", "SELECT run_tick(1)", "SELECT run_finish(1)",
        "SELECT ledger_next('q', 5)", "SELECT ledger_claim('q', 'a', 5)",
        "INSERT INTO kv_cache(key, value) VALUES ('b', 1)",
        "SELECT cache_set('k' || x, 1) FROM t"}) {
    const auto outcome = two.run(sql);
    EXPECT_EQ(outcome.primary(), SQLITE_BUSY) << sql << ": " << outcome;
    EXPECT_FALSE(two.in_transaction()) << sql;
  }
  EXPECT_EQ(two.value("SELECT cache_get('a')"), "old");
  EXPECT_EQ(two.value("SELECT ledger_seen('x')"), "0");
  ASSERT_TRUE(one.run("COMMIT").ok());
  EXPECT_EQ(two.value("SELECT cache_set('a', 1)"), "1");
}

// The snapshot under a running SELECT is too old to write on: waiting cannot help, and the message
// says what does.
TEST_F(Busy, a_snapshot_too_old) {
  sqlite3_stmt* rows = two.prepare("SELECT cache_set('k' || x, 1) FROM t");
  ASSERT_EQ(sqlite3_step(rows), SQLITE_ROW);
  ASSERT_EQ(one.value("SELECT cache_set('a', 'new')"), "new");
  const int rc = sqlite3_step(rows);
  if (rc != SQLITE_ROW) {
    EXPECT_EQ(sqlite3_extended_errcode(two.get()), SQLITE_BUSY_SNAPSHOT);
    EXPECT_NE(std::string(sqlite3_errmsg(two.get())).find("BEGIN IMMEDIATE"), std::string::npos);
  }
  sqlite3_finalize(rows);
  EXPECT_FALSE(two.in_transaction());
}

// A deferred transaction that has read and then writes, while somebody else wrote in between.
TEST_F(Busy, a_deferred_transaction) {
  ASSERT_TRUE(two.run("BEGIN; SELECT cache_get('a')").ok());
  ASSERT_EQ(one.value("SELECT cache_set('a', 'new')"), "new");
  const auto outcome = two.run("SELECT cache_set('b', 1)");
  EXPECT_EQ(outcome.code, SQLITE_BUSY_SNAPSHOT) << outcome;
  EXPECT_EQ(outcome.message.find("cache_set: "), 0u) << outcome;
  EXPECT_NE(outcome.message.find("inside BEGIN IMMEDIATE"), std::string::npos) << outcome;
  EXPECT_TRUE(two.in_transaction());  // it is the user's
  EXPECT_EQ(two.value("SELECT cache_get('a')"), "old");
  ASSERT_TRUE(two.run("ROLLBACK").ok());
  EXPECT_EQ(two.value("SELECT cache_get('a')"), "new");
  // Begun with the write lock, the same works.
  EXPECT_EQ(two.value("BEGIN IMMEDIATE; SELECT cache_get('a'); SELECT cache_set('b', 1); COMMIT"),
            "1");
}

// A deferred transaction whose first act is a write of Larder's has read nothing before: it waits
// for its turn, and what others write meanwhile is no obstacle.
TEST_F(Busy, a_deferred_transaction_that_begins_with_a_write) {
  ASSERT_TRUE(two.run("SELECT ledger_add('q', 'a'), ledger_claim('q', 'b', 60)").ok());
  for (const char* sql :
       {"SELECT ledger_mark('q', 'm')", "SELECT ledger_add('q', 'c')",
        "SELECT ledger_next('q', 60)", "SELECT ledger_claim('q', 'd', 60)",
        "SELECT ledger_claim('q', 'b', 60)", "SELECT ledger_renew('q', 'b', 1, 60)",
        "SELECT ledger_fail('q', 'b', 1, 'error')", "SELECT ledger_done('q', 'b', 1)",
        "SELECT ledger_skip('q', 'c', 'reason')", "SELECT ledger_forget('q', 'c')",
        "INSERT INTO kv_ledger(ledger, id) VALUES ('q', 'e')",
        "CREATE TEMP TABLE job AS SELECT ledger_next('q', 60) AS job"}) {
    ASSERT_TRUE(one.run("BEGIN IMMEDIATE; INSERT INTO t VALUES (3)").ok());
    ASSERT_TRUE(two.run("BEGIN").ok());
    EXPECT_EQ(two.run(sql).primary(), SQLITE_BUSY) << sql;
    ASSERT_TRUE(one.run("COMMIT").ok());
    const auto outcome = two.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
    ASSERT_TRUE(two.run("COMMIT").ok());
  }
}

// The same for the first call of a connection, which has to look for Larder's tables.
TEST_F(Busy, a_deferred_transaction_that_begins_with_the_first_call) {
  for (const char* sql :
       {"SELECT ledger_mark('q', 'm')", "SELECT ledger_next('q', 60)", "SELECT cache_set('b', 1)",
        "SELECT checkpoint_set('c', 1)", "INSERT INTO kv_ledger(ledger, id) VALUES ('q', 'e')",
        "CREATE TEMP TABLE job AS SELECT ledger_claim('q', 'f', 60)", "SELECT kv_sweep()"}) {
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("PRAGMA busy_timeout = 1").ok());
    ASSERT_TRUE(one.run("BEGIN IMMEDIATE; INSERT INTO t VALUES (3)").ok());
    ASSERT_TRUE(db.run("BEGIN").ok());
    EXPECT_EQ(db.run(sql).primary(), SQLITE_BUSY) << sql;
    ASSERT_TRUE(one.run("COMMIT").ok());
    const auto outcome = db.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
    ASSERT_TRUE(db.run("COMMIT").ok());
  }
}

// And for the first call of all, in a file that has no table of Larder's to lock, or none that the
// connection knows of; also beside a statement that reads nothing of the file.
class FirstCall
    : public testing::TestWithParam<std::tuple<const char*, const char*, const char*, bool, bool>> {
 protected:
  void SetUp() override {
    const auto& [sql, entry, mode, is_made_meanwhile, is_beside] = GetParam();
    ASSERT_TRUE(one.run(std::string("PRAGMA journal_mode = ") + mode + "; CREATE TABLE t(x)").ok());
    ASSERT_TRUE(one.load("sqlite3_larder_bare_init").ok());
    ASSERT_TRUE(one.run("PRAGMA busy_timeout = 5000").ok());  // for a reader that looks again
    if (!two.load(entry).ok()) GTEST_SKIP() << "this SQLite cannot guard";
    ASSERT_TRUE(two.run("CREATE TEMP TABLE job(x); CREATE TEMP TABLE todo(x); INSERT INTO todo "
                        "VALUES (1), (2); SELECT count(*) FROM t")
                    .ok());
    const char* meanwhile = is_made_meanwhile ? "SELECT checkpoint_set('other', 1)" : "SELECT 1";
    ASSERT_TRUE(one.run(meanwhile).ok());
    ASSERT_TRUE(one.run("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)").ok());
    if (!is_beside) return;
    beside = two.prepare("SELECT x FROM temp.todo");
    ASSERT_EQ(sqlite3_step(beside), SQLITE_ROW);
  }
  void TearDown() override { sqlite3_finalize(beside); }

  Scratch scratch;
  Database one{scratch.path("db")}, two{scratch.path("db")};
  sqlite3_stmt* beside = nullptr;
};

TEST_P(FirstCall, waits_for_its_turn) {
  std::thread other([this] {
    sqlite3_sleep(20);
    EXPECT_TRUE(one.run("COMMIT").ok());
  });
  const auto outcome = two.run(std::get<0>(GetParam()));
  other.join();
  EXPECT_TRUE(outcome.ok()) << outcome;
}

INSTANTIATE_TEST_SUITE_P(
    where, FirstCall,
    testing::Combine(testing::Values("BEGIN; SELECT lease_acquire('a', '1m')",
                                     "INSERT INTO job SELECT ledger_mark('l', 1)",
                                     "BEGIN; INSERT INTO kv_cache(key, value) VALUES ('k', 1)",
                                     "INSERT INTO job SELECT cache_get('k', NULL, '1m')",
                                     "BEGIN; SELECT kv_sweep()",
                                     "BEGIN; INSERT INTO job SELECT run_start('j', '1m')"),
                     testing::Values("sqlite3_larder_init", "sqlite3_larder_guarded_init"),
                     testing::Values("wal", "delete"), testing::Bool(), testing::Bool()));

// The same for every call that writes, also where a guarded connection looks at the file first, as
// it does while another statement runs.
// (Migrations are read before anybody knows whether there is one to run.)
TEST(busy, whatever_writes_first_waits_for_its_turn) {
  const Scratch filled;
  Database filler(filled.path("db"));
  ASSERT_NO_FATAL_FAILURE(support::fill(filler, false));
  for (const char* entry : {"sqlite3_larder_init", "sqlite3_larder_guarded_init"}) {
    for (const support::CallUnderTest& call : support::all_calls()) {
      const std::string sql = call.sql;
      if (sql.starts_with("SELECT") && (!call.writes || sql.starts_with("SELECT migrate")))
        continue;
      const Scratch scratch;
      Database one(scratch.path("db")), two(scratch.path("db"));
      support::copy(filler, one);
      if (!two.load(entry).ok()) break;  // an old SQLite cannot guard
      ASSERT_NO_FATAL_FAILURE(support::prepare(two));
      ASSERT_TRUE(two.run("PRAGMA busy_timeout = 1").ok());
      ASSERT_TRUE(one.run("BEGIN IMMEDIATE; CREATE TABLE other_s(x)").ok());
      ASSERT_TRUE(two.run("BEGIN").ok());
      sqlite3_stmt* rows = two.prepare("SELECT 1 UNION ALL SELECT 2");  // of no table
      ASSERT_EQ(sqlite3_step(rows), SQLITE_ROW);
      EXPECT_EQ(two.run(sql).primary(), SQLITE_BUSY) << entry << ": " << sql;
      ASSERT_TRUE(one.run("COMMIT").ok());
      const auto outcome = two.run(sql);
      EXPECT_TRUE(outcome.ok()) << entry << ": " << sql << ": " << outcome;
      sqlite3_finalize(rows);
    }
  }
}

// The tables appear, and go, under another connection's feet.
TEST_F(Busy, tables_dropped_by_another_connection) {
  EXPECT_EQ(two.value("SELECT cache_get('a')"), "old");
  ASSERT_TRUE(one.run("DROP TABLE larder_cache").ok());
  EXPECT_EQ(two.value("SELECT cache_get('a', 'miss')"), "miss");
  EXPECT_EQ(two.value("SELECT cache_set('a', 'again')"), "again");
  EXPECT_EQ(one.value("SELECT cache_get('a')"), "again");
}

// Each thread has its own connection; nothing of Larder's is shared between them.
TEST_F(Busy, two_threads) {
  const auto work = [&](int me) {
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    for (int i = 0; i < 200; ++i) {
      const auto outcome = db.run("SELECT cache_incr('n'), ledger_mark('l', '" +
                                  std::to_string(me * 1000 + i) + "')");
      ASSERT_TRUE(outcome.ok()) << outcome;
    }
    EXPECT_EQ(db.close(), SQLITE_OK);
  };
  std::thread first(work, 1);
  std::thread second(work, 2);
  first.join();
  second.join();
  EXPECT_EQ(one.value("SELECT cache_get('n')"), "400");
  EXPECT_EQ(one.value("SELECT done FROM kv_progress"), "400");
  support::expect_sound(one);
}

// A writer of an attached file is not in our way: Larder lives in main only.
TEST_F(Busy, a_writer_of_an_attached_database) {
  const std::string attach = "ATTACH '" + scratch.path("other") + "' AS other";
  ASSERT_TRUE(one.run(attach).ok());
  ASSERT_TRUE(one.run("CREATE TABLE other.t(x)").ok());
  ASSERT_TRUE(two.run(attach).ok());
  ASSERT_TRUE(one.run("BEGIN; INSERT INTO other.t VALUES (1)").ok());
  for (const char* sql :
       {"SELECT cache_set('new', 1)", "SELECT cache_del('a')", "SELECT kv_sweep()",
        "SELECT ledger_mark('x')", "SELECT checkpoint_set('a', 1)"}) {
    const auto outcome = two.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
  }
  ASSERT_TRUE(one.run("COMMIT").ok());
}

}  // namespace
