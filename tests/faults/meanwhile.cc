// What another process does while a call is under way.
#include <gtest/gtest.h>

#include "support/database.h"
#include "support/moment.h"

namespace {

using support::Database;
using support::Moment;
using support::Scratch;

// A call that has not written yet must not write then.
TEST(meanwhile, the_file_is_upgraded) {
  Scratch scratch;
  Database db(scratch.path("db"));
  Database other(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  for (const char* clock :
       {"1000", "2000", "3000", "4000", "5000"})  // compiles all, and knows that it has
    ASSERT_TRUE(db.run(std::string("SELECT cache_set('a', 1), kv_clock(") + clock + ")").ok());
  Moment look(db, SQLITE_TRACE_STMT, "SELECT sweep_at", [&] {
    const char* upgrade =
        "BEGIN; UPDATE larder_meta SET value = 99 WHERE name = 'schema';"
        "CREATE TABLE larder_new(x); COMMIT";
    EXPECT_TRUE(other.run(upgrade).ok());
  });
  const auto outcome = db.run("SELECT cache_set('b', 2)");
  EXPECT_TRUE(look.has_come());
  EXPECT_NE(outcome.message.find("will not write to them"), std::string::npos) << outcome;
  EXPECT_EQ(other.value("SELECT count(*) FROM larder_cache"), "1");
}

// The lone statement that stores is committed when the limit is seen: the value goes again.
TEST(meanwhile, a_limit_is_set) {
  Scratch scratch;
  Database db(scratch.path("db"));
  Database other(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(other.load().ok());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(db.run("SELECT cache_set('a', 1)").ok());
  Moment storing(db, SQLITE_TRACE_STMT, "INSERT INTO main.larder_cache",
                 [&] { EXPECT_TRUE(other.run("SELECT kv_config('cache.max_bytes', 60)").ok()); });
  EXPECT_EQ(db.run("SELECT cache_set('k', printf('%100d', 1))").message,
            "cache_set: key and value are 101 bytes, and cache.max_bytes is 60");
  EXPECT_TRUE(storing.has_come());
  EXPECT_EQ(other.value("SELECT group_concat(key) FROM larder_cache"), "a");
  EXPECT_EQ(db.value("SELECT coalesce(cache_get('k'), 'nothing')"), "nothing");
}

}  // namespace
