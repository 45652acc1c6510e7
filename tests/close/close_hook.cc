// The close hook is an eponymous table, kv_hook. Whoever takes its name or its module away costs
// Larder its kept statements, and nothing else.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

void expect_larder_works_and_closes(Database& db) {
  EXPECT_EQ(db.value("SELECT cache_set('k', 'v', 60)"), "v");
  EXPECT_EQ(db.value("SELECT cache_get('k')"), "v");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache WHERE key = 'k'"), "1");
  EXPECT_EQ(db.value("SELECT cache_del('k')"), "1");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

TEST(close_hook, a_users_table_of_its_name_before_loading) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.run("CREATE TABLE kv_hook(x); INSERT INTO kv_hook VALUES (1), (2)").ok());
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_hook"), "2");
  expect_larder_works_and_closes(db);
}

TEST(close_hook, a_users_view_of_its_name) {
  Database db;
  ASSERT_TRUE(db.run("CREATE VIEW kv_hook AS SELECT 1 AS x").ok());
  ASSERT_TRUE(db.load().ok());
  expect_larder_works_and_closes(db);
}

// A view that cannot be compiled is an error of the user's, met only by those who read it.
TEST(close_hook, a_broken_view_of_its_name) {
  Database db;
  ASSERT_TRUE(db.run("CREATE VIEW kv_hook AS SELECT x FROM no_such_table").ok());
  ASSERT_TRUE(db.load().ok());
  expect_larder_works_and_closes(db);
}

TEST(close_hook, a_users_table_of_its_name_after_use) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  ASSERT_TRUE(db.run("CREATE TABLE kv_hook(x); INSERT INTO kv_hook VALUES (1)").ok());
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_hook"), "1");
  expect_larder_works_and_closes(db);
}

// How many statements of Larder's are kept for the next call.
int count_kept(const Database& db) {
  int count = 0;
  for (auto* each = sqlite3_next_stmt(db.get(), nullptr); each != nullptr;
       each = sqlite3_next_stmt(db.get(), each))
    ++count;
  return count;
}

TEST(close_hook, keeps_statements_again_after_a_refused_close) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_GT(count_kept(db), 0);
  sqlite3_stmt* open = db.prepare("SELECT 1");
  ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
  sqlite3_finalize(open);
  EXPECT_EQ(count_kept(db), 0);
  ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_GT(count_kept(db), 0);
  EXPECT_EQ(db.close(), SQLITE_OK);
}

TEST(close_hook, a_users_table_of_its_name_between_a_refused_close_and_the_next) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
  sqlite3_stmt* open = db.prepare("SELECT 1");
  ASSERT_EQ(sqlite3_close(db.get()), SQLITE_BUSY);
  ASSERT_TRUE(db.run("CREATE TABLE kv_hook(x)").ok());
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  ASSERT_TRUE(db.run("DROP TABLE kv_hook").ok());
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  sqlite3_finalize(open);
  expect_larder_works_and_closes(db);
}

TEST(close_hook, modules_dropped) {
  for (const bool used_before : {false, true}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    if (used_before) {
      ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
    }
    ASSERT_EQ(sqlite3_drop_modules(db.get(), nullptr), SQLITE_OK);
    EXPECT_EQ(db.value("SELECT cache_set('k', 'v', 60)"), "v");
    EXPECT_EQ(db.value("SELECT cache_get('k')"), "v");
    EXPECT_FALSE(db.run("SELECT * FROM kv_cache").ok());
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
}

// Somebody else's eponymous module under our name.
int connect_other(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) {
  const int rc = sqlite3_declare_vtab(db, "CREATE TABLE x(other)");
  if (rc == SQLITE_OK) {
    *table = static_cast<sqlite3_vtab*>(sqlite3_malloc64(sizeof(sqlite3_vtab)));
    **table = sqlite3_vtab{};
  }
  return rc;
}

int disconnect_other(sqlite3_vtab* table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

int best_index_other(sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; }

TEST(close_hook, another_module_under_its_name) {
  static sqlite3_module other{};
  other.xConnect = connect_other;
  other.xDisconnect = disconnect_other;
  other.xBestIndex = best_index_other;
  for (const bool used_before : {false, true}) {
    Database db;
    ASSERT_TRUE(db.load().ok());
    if (used_before) {
      ASSERT_EQ(db.value("SELECT cache_set('a', 1)"), "1");
    }
    ASSERT_EQ(sqlite3_create_module_v2(db.get(), "kv_hook", &other, nullptr, nullptr), SQLITE_OK);
    expect_larder_works_and_closes(db);
  }
}

// As above while a cursor over one of Larder's tables is open: its statement must survive the hook.
TEST(close_hook, another_module_under_its_name_while_a_cursor_is_open) {
  static sqlite3_module other{};
  other.xConnect = connect_other;
  other.xDisconnect = disconnect_other;
  other.xBestIndex = best_index_other;
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1), cache_set('b', 2)").ok());
  sqlite3_stmt* cursor = db.prepare("SELECT key FROM kv_cache");
  ASSERT_EQ(sqlite3_step(cursor), SQLITE_ROW);
  ASSERT_EQ(sqlite3_create_module_v2(db.get(), "kv_hook", &other, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_step(cursor), SQLITE_ROW);
  EXPECT_EQ(sqlite3_step(cursor), SQLITE_DONE);
  sqlite3_finalize(cursor);
  expect_larder_works_and_closes(db);
}

}  // namespace
