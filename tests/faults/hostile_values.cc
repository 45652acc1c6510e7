// Values that no Larder would have written, in every column of every table of Larder's, and in
// every setting: whatever is called afterwards works or says what is wrong.
#include "faults/trial.h"
#include "support/stride.h"

namespace {

using support::CallUnderTest;
using support::Database;

constexpr const char* kValues[] = {"NULL",
                                   "'text'",
                                   "''",
                                   "x'00ff'",
                                   "9e999",
                                   "-9e999",
                                   "0",
                                   "-1",
                                   "9223372036854775807",
                                   "-9223372036854775808",
                                   "1e300",
                                   "-1e300",
                                   "zeroblob(100000)",
                                   "'1' || char(0) || '2'"};

// What larder_meta may hold besides what is there already.
constexpr const char* kNames[] = {"cache.default_ttl",
                                  "cache.max_entries",
                                  "cache.max_bytes",
                                  "cache.entries",
                                  "cache.bytes",
                                  "sweep.per_insert",
                                  "ledger.max_attempts",
                                  "ledger.fence",
                                  "ledger.max_attempts.q",
                                  "lease.last_token",
                                  "run.last_id",
                                  "run.keep",
                                  "hot.share",
                                  "wal",
                                  "replicated"};

class HostileValues : public support::Trial {
 protected:
  // Statements with a `?` for the value.
  static std::vector<std::string> places(Database& db) {
    std::vector<std::string> found;
    sqlite3_stmt* columns = db.prepare(
        "SELECT printf('UPDATE OR IGNORE %s SET %s = ?', t.name, c.name) FROM sqlite_schema AS t, "
        "pragma_table_info(t.name) AS c WHERE t.type = 'table' AND t.name GLOB 'larder_*' "
        "UNION ALL SELECT printf('UPDATE larder_meta SET value = ? WHERE name = %Q', name) FROM "
        "larder_meta");
    while (sqlite3_step(columns) == SQLITE_ROW)
      found.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(columns, 0)));
    sqlite3_finalize(columns);
    for (const char* name : kNames)
      found.push_back("INSERT OR REPLACE INTO larder_meta VALUES ('" + std::string(name) + "', ?)");
    return found;
  }

  static void expect_no_harm(Database& db, const CallUnderTest& call) {
    const auto outcome = db.run(call.sql);
    const int code = outcome.primary();
    EXPECT_TRUE(code == SQLITE_OK || code == SQLITE_ERROR || code == SQLITE_CONSTRAINT)
        << call.sql << ": " << outcome;
  }

  // Each call by itself, and then one after the other.
  static void expect_no_harm(Database& db) {
    for (const CallUnderTest& call : support::all_calls()) {
      EXPECT_TRUE(db.run("BEGIN").ok());
      expect_no_harm(db, call);
      if (db.in_transaction()) {
        EXPECT_TRUE(db.run("ROLLBACK").ok());
      }
    }
    for (const CallUnderTest& call : support::all_calls()) {
      expect_no_harm(db, call);
      EXPECT_FALSE(db.in_transaction()) << call.sql;
    }
    EXPECT_EQ(db.value("PRAGMA quick_check"), "ok");
    EXPECT_EQ(db.close(), SQLITE_OK);
  }
};

TEST_F(HostileValues, do_no_harm) {
  support::Sample sample(13);
  Database filled;
  open(filled);
  const auto all = places(filled);
  ASSERT_GT(all.size(), 80u);
  for (const std::string& place : all) {
    for (const char* value : kValues) {
      if (!sample.takes_next()) continue;
      std::string sql = place;
      sql.replace(sql.find('?'), 1, value);
      SCOPED_TRACE(sql);
      Database db;
      open(db);
      ASSERT_TRUE(db.run("PRAGMA ignore_check_constraints = ON").ok());
      db.run(sql);  // a constraint of the table's may refuse it already
      expect_no_harm(db);
    }
  }
}

// A newer version's tables may look different: reading does what it can, without a crash.
TEST_F(HostileValues, newer_tables_with_other_columns) {
  for (const char* table : {"larder_cache", "larder_ledger", "larder_checkpoint", "larder_lease",
                            "larder_run", "larder_migration"}) {
    Database db;
    ASSERT_TRUE(
        db.run("CREATE TABLE larder_meta(name TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID;"
               "INSERT INTO larder_meta VALUES ('schema', 3)")
            .ok());
    ASSERT_TRUE(db.run(std::string("CREATE TABLE ") + table + "(entirely, different)").ok());
    ASSERT_TRUE(db.load().ok());
    SCOPED_TRACE(table);
    expect_no_harm(db);
  }
}

}  // namespace
