// What the OR clause of a statement on one of Larder's tables decides about: rows that are there,
// and nothing that a trigger or a constraint of the user's has stopped in the middle.
#include <gtest/gtest.h>

#include "support/database.h"

namespace {

using support::Database;

const char* const kClauses[] = {"",          " OR IGNORE",   " OR FAIL",
                                " OR ABORT", " OR ROLLBACK", " OR REPLACE"};

struct Case {
  const char* prepare;
  const char* statement;  // %s stands for the clause
  const char* message;
  const char* rows;  // counts what the statement must not leave behind
};

// The limit is kept by deleting, which the trigger forbids; the ledger's trigger and index are met
// by the second of three rows, an UPDATE's by the second of two.
const Case kCases[] = {
    {"SELECT kv_config('cache.max_entries', 1), cache_set('old', 1);"
     "CREATE TRIGGER keep BEFORE DELETE ON larder_cache BEGIN SELECT raise(abort, 'keep'); END",
     "INSERT%s INTO kv_cache(key, value) SELECT value, 1 FROM json_each('[\"new\"]')", "keep",
     "SELECT count(*) FROM larder_cache WHERE key <> 'old'"},
    {"SELECT cache_set('a', 1), cache_set('b', 1);"
     "CREATE TRIGGER keep BEFORE UPDATE OF value ON larder_cache WHEN old.key = 'b' BEGIN SELECT "
     "raise(abort, 'keep'); END",
     "UPDATE%s kv_cache SET value = 2", "keep",
     "SELECT count(*) FROM larder_cache WHERE value = 2"},
    {"CREATE TRIGGER keep BEFORE INSERT ON larder_ledger WHEN new.id = 'b' BEGIN SELECT "
     "raise(abort, 'keep'); END; SELECT kv_config('ledger.max_attempts', NULL)",
     "INSERT%s INTO kv_ledger(ledger, id) SELECT 'l', value FROM json_each('[\"a\",\"b\",\"c\"]')",
     "keep", "SELECT count(*) FROM larder_ledger"},
    {"CREATE UNIQUE INDEX one ON larder_ledger(payload)",
     "INSERT%s INTO kv_ledger(ledger, id, payload) SELECT 'l', value, value > 1 FROM "
     "json_each('[1,2,3]')",
     "UNIQUE constraint failed: larder_ledger.payload", "SELECT count(*) FROM larder_ledger"},
};

std::string with(const char* statement, const char* clause) {
  std::string sql = statement;
  return sql.replace(sql.find("%s"), 2, clause);
}

class conflicts : public testing::TestWithParam<const char*> {};

TEST_P(conflicts, of_others_are_errors_that_undo_the_statement) {
  for (const Case& each : kCases) {
    const std::string sql = with(each.statement, GetParam());
    SCOPED_TRACE(sql);
    Database db;
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT ledger_add('first', 'x'), ledger_forget('first')").ok());
    const auto prepared = db.run(each.prepare);
    ASSERT_TRUE(prepared.ok()) << prepared;
    for (const char* around : {"", "BEGIN"}) {
      db.run(around);
      const auto outcome = db.run(sql);
      EXPECT_FALSE(outcome.ok());
      EXPECT_NE(outcome.message.find(each.message), std::string::npos) << outcome;
      EXPECT_EQ(db.in_transaction(), *around != '\0');
      if (db.in_transaction()) db.run("COMMIT");
      EXPECT_EQ(db.value(each.rows), "0") << around;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(every_clause, conflicts, testing::ValuesIn(kClauses));

// As SQLite has it for its own tables: a code that a host knows, where nothing takes it for
// something else.
TEST(conflict, of_others_has_its_own_code_without_a_clause) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run(kCases[0].prepare).ok());
  EXPECT_EQ(db.run(with(kCases[0].statement, "")).code, SQLITE_CONSTRAINT_TRIGGER);
  EXPECT_EQ(db.run(with(kCases[0].statement, " OR REPLACE")).code, SQLITE_CONSTRAINT_TRIGGER);
}

// SQLite has no way to undo the INSERT of one row alone in a transaction: room is made before it.
TEST(conflict, of_others_stops_one_row_in_a_transaction) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('old', 1), kv_config('cache.max_entries', 1)").ok());
  ASSERT_TRUE(db.run("CREATE TRIGGER keep BEFORE DELETE ON larder_cache BEGIN SELECT raise(abort, "
                     "'keep'); END; BEGIN")
                  .ok());
  for (const char* statement :
       {"INSERT INTO kv_cache(key, value) VALUES ('new', 1)", "SELECT cache_set('new', 1)",
        "INSERT OR IGNORE INTO kv_cache(key, value) VALUES ('new', 1)",
        "INSERT OR REPLACE INTO kv_cache(key, value) VALUES ('new', 1)",
        "SELECT cache_add('new', 1)", "SELECT cache_incr('new')"}) {
    EXPECT_FALSE(db.run(statement).ok()) << statement;
    EXPECT_EQ(db.value("SELECT group_concat(key) FROM larder_cache"), "old") << statement;
  }
  ASSERT_TRUE(db.run("COMMIT").ok());
}

// Nor does a setting that cannot be read, whichever connection finds it first.
TEST(conflict, of_a_setting_stops_one_row_in_a_transaction) {
  for (const char* statement :
       {"INSERT INTO kv_cache(key, value) VALUES ('new', 1)", "SELECT cache_set('new', 1)",
        "SELECT cache_add('new', 1)", "SELECT cache_incr('new')"}) {
    support::Scratch scratch;
    Database db(scratch.path("db"));
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT cache_get('old'), cache_set('old', 1, 5)").ok());
    ASSERT_TRUE(
        db.run("INSERT INTO larder_meta(name, value) VALUES ('cache.max_bytes', 'bogus'); BEGIN")
            .ok());
    const auto outcome = db.run(statement);
    EXPECT_EQ(db.value("SELECT group_concat(key) FROM larder_cache"),
              outcome.ok() ? "old,new" : "old")
        << statement;
    ASSERT_TRUE(db.run("COMMIT").ok());
  }
}

TEST(conflict, of_a_row_is_what_the_clause_decides_about) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_TRUE(db.run("SELECT cache_set('b', 0), ledger_mark('l', 'b')").ok());
  for (const char* table :
       {"kv_cache(key) SELECT value", "kv_ledger(ledger, id) SELECT 'l', value"}) {
    const auto insert = [&](const char* clause) {
      return db.run("INSERT" + std::string(clause) + " INTO " + table +
                    " FROM json_each('[\"a\",\"b\",null,\"c\"]')");
    };
    const auto rows = [&] {
      return db.value(
          "SELECT (SELECT count(*) FROM larder_cache) || (SELECT count(*) FROM larder_ledger)");
    };
    const std::string before = rows();
    EXPECT_EQ(insert("").primary(), SQLITE_CONSTRAINT);
    EXPECT_EQ(rows(), before);
    EXPECT_EQ(insert(" OR FAIL").primary(), SQLITE_CONSTRAINT);
    EXPECT_NE(rows(), before);  // 'a' stays
    EXPECT_TRUE(insert(" OR IGNORE").ok());
    EXPECT_EQ(insert(" OR REPLACE").message.find("NOT NULL constraint failed: kv_"), 0u);
    db.run("BEGIN");
    EXPECT_EQ(insert(" OR ROLLBACK").primary(), SQLITE_CONSTRAINT);
    EXPECT_FALSE(db.in_transaction());
  }
  EXPECT_EQ(db.value("SELECT group_concat(key) FROM (SELECT key FROM kv_cache ORDER BY key)"),
            "a,b,c");
  EXPECT_EQ(db.value("SELECT group_concat(id) FROM kv_ledger"), "a,b,c");
}

}  // namespace
