// LARDER_JOIN: a connection that writes only where the caller writes, for engines that replicate
// what a transaction of theirs has written.
#include <gtest/gtest.h>

#include "faults/calls.h"
#include "support/database.h"

namespace {

using support::Database;

// What the function `name` says.
std::string outside(const std::string& name) {
  if (name == "migrate" || name == "migrate_down")  // inside no statement that writes
    return name + ": outside a transaction; write BEGIN IMMEDIATE before it (LARDER_JOIN)";
  return name + ": outside a writing statement; write INSERT INTO kv_answer SELECT " + name +
         "(...) or BEGIN IMMEDIATE (LARDER_JOIN)";
}

class Joining : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(db_.run("PRAGMA journal_mode = delete; CREATE TABLE t(x)").ok());
    ASSERT_TRUE(db_.load("sqlite3_larder_join_init").ok());
  }
  support::Scratch scratch_;
  Database db_{scratch_.path("db")};
};

// Each call there is, on a file in which there is something for it.
class EachCall : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(support::fill(filler_, false)); }

  support::Outcome run_joining(const std::string& sql) {
    Database db(scratch_.path("db"));
    EXPECT_TRUE(db.load("sqlite3_larder_join_init").ok());
    support::prepare(db);
    return db.run(sql);
  }

 private:
  support::Scratch scratch_;
  Database filler_{scratch_.path("db")};
};

// A SELECT that calls what writes would have to begin or commit a transaction of its own.
TEST_F(EachCall, that_writes_by_itself_is_refused_when_joining) {
  for (const auto& call : support::all_calls()) {
    if (!call.writes) continue;
    const std::string sql = call.sql;
    const std::string name = sql.substr(7, sql.find('(') - 7);  // behind "SELECT "
    for (const std::string before : {"", "BEGIN; "}) {
      const auto outcome = run_joining(before + sql);
      EXPECT_EQ(outcome.code, SQLITE_ERROR) << before << sql;
      EXPECT_EQ(outcome.message, outside(name)) << before << sql;
    }
  }
}

// As that error says. (A call may not like what those before it have left.)
TEST_F(EachCall, that_writes_does_so_as_the_error_says) {
  for (const auto& call : support::all_calls()) {
    if (!call.writes) continue;
    const auto outcome = run_joining(std::string("BEGIN IMMEDIATE; ") + call.sql + "; ROLLBACK");
    EXPECT_TRUE(outcome.ok()) << call.sql << ": " << outcome;
  }
  for (const auto& call : support::all_calls()) {
    if (!call.writes) continue;
    const auto outcome = run_joining(std::string("INSERT INTO kv_answer ") + call.sql);
    EXPECT_EQ(outcome.message.find("LARDER_JOIN"), std::string::npos)
        << call.sql << ": " << outcome;
  }
}

TEST_F(EachCall, that_reads_or_is_a_statement_that_writes_is_not) {
  for (const auto& call : support::all_calls()) {
    if (call.writes) continue;
    const auto outcome = run_joining(call.sql);
    EXPECT_TRUE(outcome.ok()) << call.sql << ": " << outcome;
  }
}

TEST_F(Joining, leaves_the_waiting_to_the_engine) {
  EXPECT_EQ(db_.run("SELECT kv_busy_timeout(100)").message,
            "kv_busy_timeout: the engine waits for its locks itself (LARDER_JOIN)");
}

TEST_F(Joining, writes_where_the_caller_writes) {
  ASSERT_TRUE(db_.run("INSERT INTO t SELECT cache_set('a', 1)").ok());
  ASSERT_TRUE(
      db_.run("BEGIN IMMEDIATE; SELECT cache_set('b', 2), ledger_mark('m', 1); COMMIT").ok());
  ASSERT_TRUE(db_.run("INSERT INTO kv_cache(key, value) VALUES ('c', 3)").ok());
  EXPECT_EQ(db_.value("SELECT cache_get('a') || cache_get('b') || cache_get('c')"), "123");
  EXPECT_EQ(db_.value("SELECT ledger_seen('m', 1)"), "1");
  ASSERT_TRUE(db_.run("BEGIN IMMEDIATE; SELECT cache_set('d', 2); ROLLBACK").ok());
  EXPECT_EQ(db_.value("SELECT cache_get('d')"), "NULL");
}

TEST_F(Joining, answers_through_a_table_that_keeps_nothing) {
  const auto answer = [&](const std::string& rows) {
    return db_.value("INSERT INTO kv_answer " + rows + " RETURNING value");
  };
  EXPECT_EQ(answer("SELECT ledger_mark('m', 1)"), "1");
  EXPECT_EQ(answer("VALUES (ledger_mark('m', 2))"), "1");
  EXPECT_EQ(answer("VALUES (cache_incr('n')), (cache_incr('n')), (cache_incr('n'))"), "3");
  EXPECT_EQ(db_.value("SELECT cache_get('n')"), "3");
  EXPECT_EQ(db_.value("SELECT count(*) FROM larder_ledger"), "2");
  EXPECT_EQ(db_.value("SELECT count(*) FROM kv_answer"), "0");
}

// What such an engine asks SQLite, before the statement runs and while it does.
TEST_F(Joining, an_answer_is_a_write_to_the_engine) {
  const auto state = [](sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_int(context, sqlite3_txn_state(sqlite3_context_db_handle(context), "main"));
  };
  sqlite3_create_function(db_.get(), "state", 0, SQLITE_UTF8, nullptr, state, nullptr, nullptr);
  sqlite3_stmt* statement = db_.prepare("INSERT INTO kv_answer SELECT state() RETURNING value");
  EXPECT_EQ(sqlite3_stmt_readonly(statement), 0);
  EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(statement, 0), SQLITE_TXN_WRITE);
  sqlite3_finalize(statement);
}

TEST_F(Joining, is_refused_where_only_the_engine_s_other_databases_are_written) {
  ASSERT_TRUE(db_.run("ATTACH ':memory:' AS other; CREATE TABLE other.t(x); CREATE TEMP TABLE u(x);"
                      "CREATE TEMP TRIGGER marks AFTER INSERT ON u BEGIN "
                      "SELECT ledger_mark('m', new.x); END;"
                      "CREATE VIEW marked AS SELECT ledger_mark('m', 1) AS done")
                  .ok());
  for (const std::string sql :
       {"INSERT INTO other.t SELECT ledger_mark('m', 1)", "INSERT INTO u VALUES (1)",
        "SELECT done FROM marked", "BEGIN; SELECT done FROM marked",
        "SAVEPOINT s; SELECT ledger_mark('m', 1)", "BEGIN; INSERT INTO u VALUES (1)"}) {
    EXPECT_EQ(db_.run(sql).message, outside("ledger_mark")) << sql;
    db_.run("ROLLBACK");
  }
  EXPECT_EQ(db_.value("SELECT count(*) FROM sqlite_schema WHERE name GLOB 'larder_*'"), "0");
}

TEST_F(Joining, a_trigger_of_a_table_that_is_written_may_write) {
  ASSERT_TRUE(db_.run("CREATE TRIGGER marks AFTER INSERT ON t BEGIN "
                      "SELECT ledger_mark('m', new.x); END; INSERT INTO t VALUES (1)")
                  .ok());
  EXPECT_EQ(db_.value("SELECT ledger_seen('m', 1)"), "1");
}

TEST_F(Joining, touches_no_pragma) {
  ASSERT_TRUE(db_.run("INSERT INTO t SELECT cache_set('a', 1)").ok());
  EXPECT_EQ(db_.value("PRAGMA journal_mode"), "delete");
  EXPECT_EQ(db_.value("PRAGMA busy_timeout"), "0");
  EXPECT_EQ(db_.value("PRAGMA foreign_keys"), "0");
}

TEST(joining, by_the_environment) {
  setenv("LARDER_JOIN", "1", 1);
  for (const char* entry : {"sqlite3_larder_init", "sqlite3_larder_bare_init"}) {
    Database db;
    EXPECT_TRUE(db.load(entry).ok());
    EXPECT_EQ(db.run("SELECT cache_set('a', 1)").message, outside("cache_set"));
  }
  unsetenv("LARDER_JOIN");
}

}  // namespace
