// A host that looks at statements as they end: sqlite3_expanded_sql() in a trace shows what is
// bound, which must still be there. (The address sanitizer and valgrind tell.)
#include <gtest/gtest.h>

#include <string>

#include "support/database.h"

namespace {

using support::Database;

int expand(unsigned, void* total, void* statement, void*) {
  char* sql = sqlite3_expanded_sql(static_cast<sqlite3_stmt*>(statement));
  if (sql != nullptr) *static_cast<std::size_t*>(total) += std::string(sql).size();
  sqlite3_free(sql);
  return 0;
}

// Scans that end early, and whose arguments come from a row that has been left by then.
TEST(traced, scans_that_end_early) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("CREATE TABLE t(x); INSERT INTO t SELECT 'user:' || printf('%060d', 1);"
                     "INSERT INTO kv_cache(key, value) SELECT x || char(value), 1 FROM t, "
                     "(SELECT 97 AS value UNION SELECT 98 UNION SELECT 99);"
                     "INSERT INTO kv_ledger(ledger, id) SELECT x, x || 'a' FROM t;"
                     "INSERT INTO kv_ledger(ledger, id) SELECT x, x || 'b' FROM t;"
                     "SELECT checkpoint_set(x, 1), lease_acquire(x, 5), run_start(x, 5) FROM t")
                  .ok());
  std::size_t total = 0;
  sqlite3_trace_v2(db.get(), SQLITE_TRACE_PROFILE, expand, &total);
  for (const char* sql : {"SELECT 1 FROM kv_cache WHERE key GLOB (SELECT x || '*' FROM t) LIMIT 1",
                          "SELECT 1 FROM t, kv_cache WHERE key = x || 'a' LIMIT 1",
                          "SELECT 1 FROM t, kv_cache WHERE key >= x LIMIT 1",
                          "SELECT 1 FROM t, kv_ledger WHERE ledger = x || '' LIMIT 1",
                          "SELECT 1 FROM t, kv_ledger WHERE ledger = x || '' AND id = x || 'a'",
                          "SELECT 1 FROM t, kv_progress WHERE ledger = x || '' LIMIT 1",
                          "SELECT 1 FROM t, kv_checkpoint WHERE name = x || '' LIMIT 1",
                          "SELECT 1 FROM t, kv_lease WHERE name = x || '' LIMIT 1",
                          "SELECT 1 FROM t, kv_run WHERE job = x || '' LIMIT 1"}) {
    EXPECT_EQ(db.value(sql), "1") << sql;
  }
  EXPECT_GT(total, 9U);
}

}  // namespace
