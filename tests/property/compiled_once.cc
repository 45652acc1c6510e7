// A call that is made again compiles nothing, also in a transaction of the caller's.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

// SQLite asks an authorizer about whatever it compiles. (A pragma it compiles in every run.)
int count(void* asked, int action, const char*, const char*, const char*, const char*) {
  if (action != SQLITE_PRAGMA) ++*static_cast<int*>(asked);
  return SQLITE_OK;
}

class compiled_once : public testing::TestWithParam<const char*> {};

TEST_P(compiled_once, in_a_transaction) {
  if (sqlite3_compileoption_used("OMIT_DEPRECATED") != 0)
    GTEST_SKIP() << "this SQLite does not tell that a statement has expired";
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(
      db.run("SELECT kv_config('cache.max_entries', 10); SELECT ledger_add('q', 'a')").ok());
  int asked = 0;
  sqlite3_set_authorizer(db.get(), count, &asked);
  sqlite3_stmt* call = db.prepare(GetParam());
  const auto run = [&] {
    asked = 0;
    EXPECT_EQ(sqlite3_step(call), SQLITE_ROW) << sqlite3_errmsg(db.get());
    sqlite3_reset(call);
    return asked;
  };
  ASSERT_TRUE(db.run("BEGIN").ok());
  EXPECT_GT(run(), 0);                // what was kept has not seen this authorizer
  for (int i = 0; i < 3; ++i) run();  // a second or third call may take another way
  EXPECT_EQ(run(), 0);
  sqlite3_finalize(call);
  EXPECT_TRUE(db.run("COMMIT").ok());
}

INSTANTIATE_TEST_SUITE_P(calls, compiled_once,
                         testing::Values("SELECT cache_set('k', 1, 60)", "SELECT cache_incr('n')",
                                         "SELECT cache_claim('c', 60)",
                                         "SELECT ledger_next('q', 60)",
                                         "SELECT lease_acquire('l', 60)"));

}  // namespace
