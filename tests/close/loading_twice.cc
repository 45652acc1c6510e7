// Loading again, by whatever path, keeps what was there.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// What a second registration would lose: the frozen clock and the declared migrations.
void prepare_state(Database& db) {
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT kv_clock(1000); SELECT cache_set('a', 1, 60);"
                     "INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)')")
                  .ok());
}

void expect_state(Database& db) {
  EXPECT_EQ(db.value("SELECT kv_clock()"), "1000.0");
  EXPECT_EQ(db.value("SELECT cache_ttl('a')"), "60.0");
  EXPECT_EQ(db.value("SELECT state FROM kv_migration"), "pending");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

TEST(loading_twice, by_the_same_path) {
  Database db;
  prepare_state(db);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(db.load().ok());
  expect_state(db);
}

TEST(loading_twice, through_a_copy_of_the_file) {
  Scratch scratch;
  const std::string copy = scratch.path("larder.so");
  std::filesystem::copy_file(support::larder_path(), copy);
  Database db;
  prepare_state(db);
  EXPECT_TRUE(db.load(nullptr, copy).ok());
  expect_state(db);
}

TEST(loading_twice, through_the_other_entry_point) {
  Database db;
  prepare_state(db);
  EXPECT_TRUE(db.load("sqlite3_larder_bare_init").ok());
  EXPECT_TRUE(db.load("sqlite3_larder_init").ok());
  expect_state(db);
}

// SQLite refuses to replace a function while a statement runs; loading again must not try.
TEST(loading_twice, while_statements_run) {
  Database db;
  prepare_state(db);
  sqlite3_stmt* running = db.prepare("SELECT cache_get('a') UNION ALL SELECT cache_get('a')");
  ASSERT_EQ(sqlite3_step(running), SQLITE_ROW);
  EXPECT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT load_extension('" + support::larder_path() + "')"), "NULL");
  EXPECT_EQ(sqlite3_step(running), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(running, 0), 1);
  sqlite3_finalize(running);
  expect_state(db);
}

TEST(loading_twice, in_one_statement) {
  Database db;
  sqlite3_enable_load_extension(db.get(), 1);
  const std::string load = "load_extension('" + support::larder_path() + "')";
  const auto outcome = db.run("SELECT " + load + ", " + load);
  EXPECT_TRUE(outcome.ok()) << outcome;
  EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

TEST(loading_twice, after_a_refused_close) {
  Database db;
  prepare_state(db);
  sqlite3_stmt* open = db.prepare("SELECT 1");
  ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
  EXPECT_TRUE(db.load().ok());
  sqlite3_finalize(open);
  expect_state(db);
}

// An authorizer that forbids a program to call Larder must not make a second load look like the
// first.
int deny_functions(void*, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_FUNCTION ? SQLITE_DENY : SQLITE_OK;
}

TEST(loading_twice, under_an_authorizer_that_denies_functions) {
  Database db;
  prepare_state(db);
  sqlite3_set_authorizer(db.get(), deny_functions, nullptr);
  EXPECT_TRUE(db.load().ok());
  sqlite3_set_authorizer(db.get(), nullptr, nullptr);
  expect_state(db);
}

}  // namespace
