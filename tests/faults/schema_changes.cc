// What a connection knows of the tables, while their schema changes under it.
#include <gtest/gtest.h>

#include <cstring>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

constexpr const char* kNotLarders = "larder_cache in this database is not Larder's";

bool is_refused(Database& db) {
  return db.run("SELECT cache_get('a')").message.find(kNotLarders) != std::string::npos;
}

// Tables that were looked at in a transaction which is undone: the schema of another connection may
// come to have the same version.
TEST(schema_changes, what_was_never_committed_is_not_known) {
  Scratch scratch;
  Database db(scratch.path("db"));
  Database other(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("BEGIN IMMEDIATE; SELECT cache_set('a', 1); SELECT cache_get('a')").ok());
  const std::string version = db.value("PRAGMA schema_version");
  ASSERT_TRUE(db.run("ROLLBACK").ok());
  ASSERT_TRUE(other.load().ok());
  ASSERT_TRUE(other
                  .run("SELECT cache_set('b', 2); DROP TABLE larder_cache;"
                       "CREATE TABLE larder_cache(id, key, created_at, expires_at, sweep_at, "
                       "used_at, claimed_until, value, tag); PRAGMA schema_version = " +
                       version)
                  .ok());
  EXPECT_TRUE(is_refused(db));
}

// What was looked at before a transaction holds after it was undone, and no longer than that.
TEST(schema_changes, undone_and_made) {
  Scratch scratch;
  Database db(scratch.path("db"));
  Database other(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1); SELECT cache_get('a')").ok());
  const char* replace =
      "BEGIN; DROP TABLE larder_cache; CREATE TABLE larder_cache(key, value, expires_at)";
  ASSERT_TRUE(db.run(replace).ok());
  EXPECT_TRUE(is_refused(db));
  ASSERT_TRUE(db.run("ROLLBACK").ok());
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  ASSERT_TRUE(other.run(std::string(replace) + "; COMMIT").ok());
  db.run("SELECT cache_get('a')");  // SQLite compiles its statement again, and the next call knows
  EXPECT_TRUE(is_refused(db));
}

// An authorizer that keeps the version to itself: the tables are looked at instead.
TEST(schema_changes, whose_version_is_not_told) {
  for (const int answer : {SQLITE_DENY, SQLITE_IGNORE}) {
    Scratch scratch;
    Database db(scratch.path("db"));
    Database other(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    int chosen = answer;
    sqlite3_set_authorizer(
        db.get(),
        [](void* code, int action, const char* name, const char*, const char*, const char*) {
          const bool is_it = action == SQLITE_PRAGMA && std::strcmp(name, "schema_version") == 0;
          return is_it ? *static_cast<int*>(code) : SQLITE_OK;
        },
        &chosen);
    ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok()) << answer;
    EXPECT_EQ(db.value("SELECT cache_get('a')"), "1") << answer;
    ASSERT_TRUE(other
                    .run("BEGIN; DROP TABLE larder_cache;"
                         "CREATE TABLE larder_cache(key, value, expires_at); COMMIT")
                    .ok());
    db.run("SELECT cache_get('a')");
    EXPECT_TRUE(is_refused(db)) << answer;
  }
}

// One that hides a column, which the call does not need.
TEST(schema_changes, of_which_a_column_is_denied) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('a', 1, 60, 'tag')").ok());
  sqlite3_set_authorizer(
      db.get(),
      [](void*, int action, const char*, const char* column, const char*, const char*) {
        return action == SQLITE_READ && std::strcmp(column, "tag") == 0 ? SQLITE_DENY : SQLITE_OK;
      },
      nullptr);
  EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
  EXPECT_EQ(db.run("SELECT cache_clear_tag('tag')").primary(), SQLITE_AUTH);
}

}  // namespace
