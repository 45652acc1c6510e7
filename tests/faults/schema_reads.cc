// Looking at the list of tables costs as much as many hits: a connection does it when somebody has
// changed the schema, and then no more.
#include <gtest/gtest.h>

#include <string>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;

int count_looks(unsigned, void* context, void*, void* sql) {
  const std::string text = static_cast<const char*>(sql);
  if (text.find("larder_*") != std::string::npos) ++*static_cast<int*>(context);
  return 0;
}

// What a program may do between two calls.
constexpr const char* kEvents[] = {
    "SELECT 1",
    "CREATE TABLE IF NOT EXISTS own(x)",
    "SELECT kv_wait(0); SELECT kv_wait(0); SELECT kv_wait(0)",
    "SELECT count(*) FROM kv_stats; SELECT count(*) FROM kv_stats",
    "SELECT count(*) FROM kv_check; SELECT count(*) FROM kv_check",
    "SELECT kv_sweep(); SELECT kv_sweep()",
    "SELECT kv_config('cache.max_entries', 1000)",
    "SELECT kv_config('hot.bytes')",
    "PRAGMA journal_mode",
    "ANALYZE",
    "VACUUM",
};

class SchemaReads : public testing::TestWithParam<const char*> {};

TEST_P(SchemaReads, end_soon_after) {
  Scratch scratch;
  Database db(scratch.path("db"));
  ASSERT_TRUE(db.load().ok());
  const std::string calls =
      "SELECT cache_set('k', 1), cache_get('k'); SELECT ledger_mark('m', random());"
      "SELECT ledger_next('q', '5m'); SELECT checkpoint_set('c', 1);";
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(db.run(calls).ok());
  ASSERT_TRUE(db.run(GetParam()).ok());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(db.run(calls).ok());
  int looks = 0;
  sqlite3_trace_v2(db.get(), SQLITE_TRACE_STMT, count_looks, &looks);
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(db.run(calls).ok());
  sqlite3_trace_v2(db.get(), 0, nullptr, nullptr);
  EXPECT_EQ(looks, 0);
}

INSTANTIATE_TEST_SUITE_P(each, SchemaReads, testing::ValuesIn(kEvents));

}  // namespace
