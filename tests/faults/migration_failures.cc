// What a failed migration leaves behind: nothing. The messages themselves are in tests/errors.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

std::string declare(int version, const std::string& up) {
  char* sql =
      sqlite3_mprintf("INSERT INTO kv_migration(version, up) VALUES (%d, %Q)", version, up.c_str());
  std::string result = sql;
  sqlite3_free(sql);
  return result;
}

std::string own_tables(Database& db) {
  return db.value(
      "SELECT coalesce(group_concat(name), '') FROM "
      "(SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'larder_*' ORDER BY "
      "name)");
}

class Failing : public testing::TestWithParam<const char*> {};

// A first migration that is good, and a second that fails somewhere.
TEST_P(Failing, leaves_nothing) {
  for (const char* keys : {"ON", "OFF"}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p ON "
                       "DELETE CASCADE);"
                       "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)")
                    .ok());
    ASSERT_TRUE(db.run(std::string("PRAGMA foreign_keys = ") + keys).ok());
    ASSERT_TRUE(db.run(declare(1, "CREATE TABLE good(x)")).ok());
    ASSERT_TRUE(db.run(declare(2, GetParam())).ok());
    const auto outcome = db.run("SELECT migrate()");
    EXPECT_FALSE(outcome.ok());
    EXPECT_NE(outcome.message.find("nothing was applied"), std::string::npos) << outcome;
    support::expect_sound(db);
    EXPECT_EQ(own_tables(db), "c,p");
    EXPECT_EQ(db.value("SELECT count(*) FROM c"), "1");
    EXPECT_EQ(db.value("PRAGMA user_version"), "0");
    EXPECT_EQ(db.value("PRAGMA foreign_keys"), std::string(keys) == "ON" ? "1" : "0");
    EXPECT_EQ(db.value("SELECT group_concat(state) FROM kv_migration"), "pending,pending");
    // Corrected, the same two are applied.
    ASSERT_TRUE(db.run(declare(2, "CREATE TABLE better(x)")).ok());
    EXPECT_EQ(db.value("SELECT migrate()"), "2");
    EXPECT_EQ(own_tables(db), "better,c,good,p");
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
}

INSTANTIATE_TEST_SUITE_P(
    script, Failing,
    testing::Values("CREATE TABLE b(x); CREATE TABL c2(x); CREATE TABLE d(x)",
                    "CREATE TABLE b(x UNIQUE); INSERT INTO b VALUES (1), (1); CREATE TABLE d(x)",
                    "INSERT OR ROLLBACK INTO p VALUES (1)", "INSERT OR FAIL INTO p VALUES (2), (1)",
                    "DELETE FROM c; COMMIT",
                    "DROP TABLE p; DROP TABLE c; SELECT no_such_function()",
                    "DROP TABLE p; CREATE TABLE p(id INTEGER PRIMARY KEY)",
                    "CREATE TRIGGER r AFTER INSERT ON p BEGIN SELECT RAISE(ROLLBACK, 'no'); END; "
                    "INSERT INTO p VALUES (5)",
                    "INSERT INTO c VALUES (99)", "SELECT migrate()",
                    "SELECT cache_incr('n'), cache_set('n', 'x'), cache_incr('n')",
                    "SELECT cache_set('a', 1, 'soon')", "CREATE TABLE b(x", "'unfinished"));

// Inside the user's transaction what was there before stays, and the transaction with it.
TEST(migration_failures, inside_a_users_transaction) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run(declare(1, "CREATE TABLE a(x)")).ok());
  ASSERT_TRUE(db.run(declare(2, "CREATE TABLE b(x); INSERT INTO b VALUES (1, 2)")).ok());
  ASSERT_TRUE(db.run("BEGIN; CREATE TABLE mine(x)").ok());
  EXPECT_EQ(db.run("SELECT migrate()").code, SQLITE_ERROR);
  EXPECT_TRUE(db.in_transaction());
  EXPECT_EQ(own_tables(db), "mine");
  ASSERT_TRUE(db.run("COMMIT").ok());
  EXPECT_EQ(own_tables(db), "mine");
  EXPECT_EQ(db.value("PRAGMA user_version"), "0");
}

TEST(migration_failures, down) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE a(x)', "
                     "'DROP TABLE wrong'),"
                     "(2, 'CREATE TABLE b(x)', 'DROP TABLE b')")
                  .ok());
  ASSERT_EQ(db.value("SELECT migrate()"), "2");
  EXPECT_EQ(db.run("SELECT migrate_down(0)").code, SQLITE_ERROR);
  EXPECT_EQ(own_tables(db), "a,b");
  EXPECT_EQ(db.value("PRAGMA user_version"), "2");
  support::expect_sound(db);
}

// The functions return the resulting version.
TEST(migration_failures, results_when_nothing_fails) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT migrate()"), "0");
  ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, up, down) VALUES (1, '', ''), (2, '', ''), "
                     "(3, '', '')")
                  .ok());
  EXPECT_EQ(db.value("SELECT migrate(NULL, 0)"), "0");
  EXPECT_EQ(db.value("SELECT migrate(NULL, 2)"), "2");
  EXPECT_EQ(db.value("SELECT migrate(NULL, NULL)"), "3");
  EXPECT_EQ(db.value("SELECT migrate_down(1)"), "1");
  EXPECT_EQ(db.value("SELECT migrate_down(5)"), "1");
}

// A text that changed is shown as changed and stops migrate(), whatever else is declared.
TEST(migration_failures, changed_text) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run(declare(1, "CREATE TABLE a(x)")).ok());
  ASSERT_EQ(db.value("SELECT migrate()"), "1");
  ASSERT_TRUE(db.run(declare(1, "CREATE TABLE a(y)")).ok());
  EXPECT_EQ(db.value("SELECT state FROM kv_migration"), "changed");
  EXPECT_EQ(db.value("SELECT migrate_check()"), "0");
  EXPECT_EQ(db.run("SELECT migrate()").code, SQLITE_ERROR);
  EXPECT_EQ(db.value("SELECT migrate_repair(1)"), "1");
  EXPECT_EQ(db.value("SELECT migrate()"), "1");
}

// A script with no transaction that fails: what ran before it stays, and the message says so.
TEST(migration_failures, without_transaction) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(
      db.run(declare(1, "-- migrate:no-transaction\nCREATE TABLE a(x);\nCREATE TABL b(x)")).ok());
  const auto outcome = db.run("SELECT migrate()");
  EXPECT_EQ(outcome.message,
            "migrate: migration 1:3: near \"TABL\": syntax error (statement 2, what ran before it "
            "stays)");
  EXPECT_EQ(own_tables(db), "a");
  EXPECT_EQ(db.value("SELECT state FROM kv_migration"), "pending");
}

// What stays is said whatever the failure's own text is: a trigger may use the same words.
TEST(migration_failures, without_transaction_and_a_trigger_that_says_so) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run(declare(1, "CREATE TABLE a(x)") +
                     "; SELECT migrate();"
                     "CREATE TRIGGER t BEFORE INSERT ON larder_migration BEGIN "
                     "SELECT RAISE(ABORT, 'what ran before it stays out'); END")
                  .ok());
  ASSERT_TRUE(db.run(declare(2, "-- migrate:no-transaction\nCREATE TABLE b(x)")).ok());
  EXPECT_EQ(db.run("SELECT migrate()").message,
            "migrate: migration 2: what ran before it stays out (what ran before it stays)");
}

// A transaction that such a script leaves open is not the caller's to find.
TEST(migration_failures, without_transaction_left_open) {
  for (const char* rest : {"SELECT 1", "CREATE TABL b(x)"}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(
        db.run(declare(1,
                       std::string("-- migrate:no-transaction\nBEGIN; CREATE TABLE a(x); ") + rest))
            .ok());
    const auto outcome = db.run("SELECT migrate()");
    EXPECT_FALSE(outcome.ok()) << rest;
    EXPECT_FALSE(db.in_transaction()) << rest;
  }
}

// Two processes that start together: both succeed, one applies.
TEST(migration_failures, another_connection_was_faster) {
  Scratch scratch;
  Database first(scratch.path("db"));
  Database second(scratch.path("db"));
  for (Database* db : {&first, &second}) {
    ASSERT_TRUE(db->load().ok());
    ASSERT_TRUE(db->run(declare(1, "CREATE TABLE a(x)")).ok());
    EXPECT_EQ(db->value("SELECT group_concat(state) FROM kv_migration"), "pending");
  }
  EXPECT_EQ(first.value("SELECT migrate()"), "1");
  EXPECT_EQ(second.value("SELECT state FROM kv_migration"), "applied");
  EXPECT_EQ(second.value("SELECT migrate()"), "1");
}

// While another connection writes, migrate() fails with SQLITE_BUSY, says what helps, and can be
// tried again.
TEST(migration_failures, busy) {
  Scratch scratch;
  Database writer(scratch.path("db"));
  Database db(scratch.path("db"));
  ASSERT_TRUE(writer.load().ok());
  ASSERT_TRUE(writer.run("SELECT cache_set('a', 1)").ok());
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("PRAGMA busy_timeout = 1").ok());
  ASSERT_TRUE(db.run(declare(1, "CREATE TABLE a(x)")).ok());
  ASSERT_TRUE(writer.run("BEGIN IMMEDIATE").ok());
  const std::string hint =
      "database is locked; another process is probably migrating: SELECT kv_busy_timeout(60000) "
      "first, to wait for it up to a minute";
  for (const char* call : {"migrate()", "migrate_baseline(1)", "migrate_repair(1)"}) {
    const auto outcome = db.run(std::string("SELECT ") + call);
    EXPECT_EQ(outcome.primary(), SQLITE_BUSY);
    EXPECT_NE(outcome.message.find(hint), std::string::npos) << outcome;
  }
  EXPECT_FALSE(db.in_transaction());
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
  const auto inside = db.run("BEGIN; SELECT migrate()");
  EXPECT_NE(inside.message.find("migrating: inside BEGIN IMMEDIATE the transaction waits for it"),
            std::string::npos)
      << inside;
  ASSERT_TRUE(db.run("ROLLBACK").ok());
  ASSERT_TRUE(writer.run("COMMIT").ok());
  EXPECT_EQ(db.value("SELECT migrate()"), "1");
}

}  // namespace
