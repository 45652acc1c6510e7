// A stranger has prepared the schema of one of Larder's tables: each call is refused or does no
// harm, and nothing of the stranger's runs, wherever SQLite lets the host forbid it.
#include <gtest/gtest.h>

#include "faults/calls.h"
#include "faults/trial.h"

namespace {

using support::Database;

// % is the table, & its first column. A TEXT that begins with "UPDATE" changes sqlite_schema.
constexpr const char* kTricks[] = {
    "ALTER TABLE % RENAME TO kept; CREATE VIEW % AS SELECT *, planted(1) FROM kept",
    "ALTER TABLE % RENAME TO kept; CREATE VIEW a AS SELECT * FROM %; CREATE VIEW % AS SELECT * "
    "FROM a",
    "ALTER TABLE % RENAME TO kept; CREATE TABLE %(&, more AS (planted(&)))",
    "ALTER TABLE % RENAME TO kept; CREATE TABLE %(&)",
    "ALTER TABLE % RENAME TO kept; CREATE TABLE % AS SELECT * FROM kept",
    "ALTER TABLE % RENAME TO kept; CREATE VIRTUAL TABLE % USING rtree(id, low, high)",
    "ALTER TABLE % ADD COLUMN more CHECK (planted(more))",
    "ALTER TABLE % ADD COLUMN more AS (planted(&))",
    "ALTER TABLE % RENAME COLUMN & TO other",
    "DROP TABLE %",
    "CREATE TRIGGER a BEFORE INSERT ON % BEGIN SELECT planted(1); END;"
    "CREATE TRIGGER b BEFORE UPDATE ON % BEGIN SELECT planted(1); END;"
    "CREATE TRIGGER c BEFORE DELETE ON % BEGIN SELECT planted(1); END",
    "CREATE INDEX a ON %(planted(&))",
    "CREATE INDEX a ON %(&) WHERE planted(1)",
    "CREATE UNIQUE INDEX a ON %((1))",
    "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = replace(sql, 'WITHOUT ROWID', '') WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'BLOB') WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = replace(sql, '&', '& DEFAULT (planted(1)) ') WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = 'CREATE INDEX ' || name || ' ON %(&)' WHERE tbl_name = '%' AND "
    "type = 'index' AND sql IS NOT NULL",
    "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = "
    "'expiring') WHERE name = '%'",
    "UPDATE sqlite_schema SET rootpage = 1 WHERE name = '%'",
    "UPDATE sqlite_schema SET rootpage = 0 WHERE name = '%'",
    "UPDATE sqlite_schema SET rootpage = 99999 WHERE name = '%'",
    "UPDATE sqlite_schema SET type = 'view' WHERE name = '%'",
    "UPDATE sqlite_schema SET type = 'index' WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = NULL WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE %' WHERE name = '%'",
    "UPDATE sqlite_schema SET sql = 'CREATE VIEW % AS SELECT planted(1)' WHERE name = '%'",
    "UPDATE sqlite_schema SET name = 'kept' WHERE name = '%'",
};

constexpr const char* kTables[] = {"larder_cache",  "larder_checkpoint", "larder_declaration",
                                   "larder_expiry", "larder_lease",      "larder_ledger",
                                   "larder_meta",   "larder_migration",  "larder_rate",
                                   "larder_run",    "expiring"};

int planted_calls = 0;

void planted(sqlite3_context* context, int, sqlite3_value**) {
  ++planted_calls;
  sqlite3_result_int(context, 1);
}

// How the host keeps what it registers out of reach, and how it loads.
struct Host {
  int flags;
  bool trusts;
  const char* entry;
};

constexpr Host kHosts[] = {{SQLITE_DIRECTONLY, true, "sqlite3_larder_init"},
                           {0, false, "sqlite3_larder_init"},
                           {SQLITE_DIRECTONLY, false, "sqlite3_larder_bare_init"}};

void register_planted(Database& db, int flags) {
  sqlite3_create_function_v2(db.get(), "planted", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | flags,
                             nullptr, planted, nullptr, nullptr, nullptr);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

class HostileSchema : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(support::fill(filled_, false)); }

  // False where SQLite itself refuses to prepare it so.
  bool prepare(Database& db, const std::string& trick) {
    support::copy(filled_, db);
    register_planted(db, 0);
    const std::string column =
        db.value("SELECT name FROM pragma_table_info('" + std::string(GetParam()) + "') LIMIT 1");
    const std::string sql = replaced(replaced(trick, "%", GetParam()), "&", column);
    return db
        .run("PRAGMA legacy_alter_table = ON; PRAGMA writable_schema = ON; " + sql +
             "; PRAGMA writable_schema = OFF")
        .ok();
  }

  void expect_no_harm(Database& prepared, const Host& host) {
    Database db;
    support::copy(prepared, db);
    register_planted(db, host.flags);
    sqlite3_db_config(db.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, int{host.trusts}, nullptr);
    db.load(host.entry);
    db.run("SELECT kv_clock(1010)");
    planted_calls = 0;
    for (const auto& call : support::all_calls()) {
      const auto outcome = db.run(call.sql);
      EXPECT_TRUE(outcome.ok() || !outcome.message.empty()) << call.sql;
      EXPECT_FALSE(db.in_transaction()) << call.sql << ": " << outcome;
      EXPECT_EQ(planted_calls, 0) << call.sql << ": " << outcome;
      if (HasFailure()) return;
    }
    EXPECT_EQ(db.close(), SQLITE_OK);
  }

 private:
  Database filled_;
};

TEST_P(HostileSchema, runs_nothing) {
  support::Sample sample(5);
  int prepared = 0;
  for (const char* trick : kTricks) {
    for (const Host& host : kHosts) {
      if (!sample.takes_next()) continue;
      SCOPED_TRACE(trick);
      Database db;
      if (!prepare(db, trick)) continue;
      ++prepared;
      expect_no_harm(db, host);
    }
  }
  EXPECT_GT(prepared, 0);
}

INSTANTIATE_TEST_SUITE_P(each, HostileSchema, testing::ValuesIn(kTables));

// larder_cache made anew with `to` in the place of `from`.
std::string set_in_a_table_with(const std::string& from, const std::string& to) {
  Database db;
  support::fill(db, false);
  register_planted(db, 0);
  const std::string ddl = db.value("SELECT sql FROM sqlite_schema WHERE name = 'larder_cache'");
  const std::string changed = replaced(ddl, from, to);
  EXPECT_NE(changed, ddl) << from;
  const auto made = db.run("DROP TABLE larder_cache; " + changed);
  EXPECT_TRUE(made.ok()) << changed << made;
  Database copy;
  support::copy(db, copy);
  copy.load();
  return copy.value("SELECT cache_set('a', 1)");
}

// SQLite takes a word in quotes for a part of the type, whatever it says.
TEST(hostile_schemas, quotes_hide_nothing) {
  const std::pair<const char*, const char*> kChanges[] = {
      {"key TEXT", "key TEXT \"--\" COLLATE NOCASE\n"},
      {"tag TEXT", "tag TEXT \"--\" CHECK (planted(1)), more\n"},
      {"  value", "  value \"--\" GENERATED ALWAYS AS (5)\n"},
      {"  value", "  \"--\" CHECK (planted(1)),\n  value"},
      {"TEXT NOT NULL UNIQUE", "\"TEXT NOT NULL UNIQUE\""},
      {"TEXT NOT NULL UNIQUE", "TEXT \"NOT\" \"NULL\" \"UNIQUE\""},
      {"INTEGER PRIMARY KEY", "\"INTEGER\" \"PRIMARY\" \"KEY\""},
      {"  tag TEXT", "  \"tag TEXT\""},
      {"  tag TEXT", "  tagTEXT"},
  };
  for (const auto& [from, to] : kChanges) {
    SCOPED_TRACE(to);
    EXPECT_EQ(set_in_a_table_with(from, to),
              "error 1: cache_set: larder_cache in this database is not Larder's");
  }
}

// SQLite reads a row up to a NUL, and creates what its text says, whatever its type is.
TEST(hostile_schemas, another_type_or_a_nul_hides_nothing) {
  for (const char* disguise :
       {"type = 'TABLE'", "type = 'table' || char(0)", "name = name || char(0)",
        "name = 'Larder_Cache' || char(0) || 'x'", "sql = sql || '/* ' || char(0) || '*/'"}) {
    SCOPED_TRACE(disguise);
    Database db;
    support::fill(db, false);
    ASSERT_TRUE(db.run("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, "
                       "'tag TEXT', 'tag TEXT CHECK (planted(1))') WHERE name = 'larder_cache'; "
                       "UPDATE sqlite_schema SET " +
                       std::string(disguise) + " WHERE name = 'larder_cache'")
                    .ok());
    Database copy;
    support::copy(db, copy);
    planted_calls = 0;
    register_planted(copy, 0);
    copy.load();
    EXPECT_EQ(copy.value("SELECT cache_set('a', 1)"),
              "error 1: cache_set: larder_cache in this database is not Larder's");
    EXPECT_EQ(planted_calls, 0);
  }
}

// Who says that a newer Larder has made the table is believed only as far as nothing runs.
TEST(hostile_schemas, a_newer_table_computes_nothing) {
  for (const char* column :
       {"value AS (planted(key))", "more DEFAULT ';', value AS (planted(key))",
        "\";\", value AS (planted(key))", "value\nGENERATED ALWAYS AS/**/(planted(id))"}) {
    Database db;
    register_planted(db, 0);
    const auto made = db.run(
        "CREATE TABLE larder_meta(name TEXT PRIMARY KEY NOT NULL, value) WITHOUT ROWID;"
        "INSERT INTO larder_meta VALUES ('schema', 99); CREATE TABLE larder_cache(id INTEGER "
        "PRIMARY KEY, key TEXT, created_at, expires_at, sweep_at, used_at, claimed_until, tag, " +
        std::string(column) + "); INSERT INTO larder_cache(key) VALUES ('k')");
    ASSERT_TRUE(made.ok()) << made;
    db.load();
    planted_calls = 0;
    EXPECT_EQ(db.value("SELECT cache_get('k')"),
              "error 1: cache_get: larder_cache in this database is not Larder's");
    EXPECT_EQ(planted_calls, 0);
  }
}

TEST(hostile_schemas, what_only_looks_different_is_ours) {
  const std::pair<const char*, const char*> kChanges[] = {
      {"key TEXT", "\"key\"\tText"},
      {"(\n  id", "( -- the key, \"id\"\n \"ID\""},
      {"  tag TEXT", "/* the last */tag TEXT"},
  };
  for (const auto& [from, to] : kChanges) EXPECT_EQ(set_in_a_table_with(from, to), "1") << to;
}

}  // namespace
