// sqlite3_larder_guarded_init: nothing in the file can have Larder write, but the caller can.
#include "close/guarded.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace {

using support::CallUnderTest;
using support::Database;
using support::Guarded;
using support::kGuarded;
using support::kOldestThatGuards;
using support::Outcome;

// Whether this SQLite keeps what is DIRECTONLY out of a CHECK: 3.51.3 does, 3.48.0 does not.
bool guards_checks() {
  Database db;
  EXPECT_TRUE(db.load().ok());
  return !db.run("CREATE TABLE u(x CHECK (kv_clock(5) > 0))").ok();
}

// What a view may read of in a guarded connection; all that is not named here is refused.
const std::set<std::string> kThatRead = {
    "cache_get", "cache_has",  "cache_ttl",   "cache_stale",    "ledger_seen",   "ledger_result",
    "kv_stats",  "kv_check",   "kv_progress", "checkpoint_get", "kv_checkpoint", "lease_check",
    "kv_lease",  "kv_version", "kv_help",     "kv_config"};

// The function or table that a call is of.
std::string callee(const CallUnderTest& call) {
  const std::string sql = call.sql;
  if (const auto table = sql.find("kv_");
      sql.find(" FROM kv_") != std::string::npos || !sql.starts_with("SELECT"))
    return sql.substr(table, sql.find_first_of(" (", table) - table);
  return sql.substr(7, sql.find('(') - 7);
}

TEST_F(Guarded, a_file_cannot_call_what_writes) {
  for (const CallUnderTest& call : support::all_calls()) {
    const std::string sql = call.sql;
    if (sql.find("RETURNING") != std::string::npos) continue;  // no trigger may say that
    const bool reads = kThatRead.contains(callee(call)) && !call.writes;
    const auto outcome = run_from_file(kGuarded, sql);
    EXPECT_EQ(outcome.ok(), reads) << sql << ": " << outcome;
    if (!reads) {
      EXPECT_TRUE(outcome.message.starts_with("unsafe use of ")) << sql << ": " << outcome;
      EXPECT_NE(outcome.message.find(callee(call)), std::string::npos) << sql << ": " << outcome;
    }
  }
}

TEST_F(Guarded, the_caller_can) {
  for (const CallUnderTest& call : support::all_calls()) {
    const support::Scratch scratch;
    Database db(scratch.path("db"));
    support::copy(filler_, db);
    ASSERT_NO_FATAL_FAILURE(open(db));
    const auto outcome = db.run(call.sql);
    EXPECT_TRUE(outcome.ok()) << call.sql << ": " << outcome;
  }
}

// Other places of a schema that are evaluated when somebody writes. A newer SQLite stops a CHECK
// as well.
TEST_F(Guarded, neither_can_a_default_or_a_check) {
  ASSERT_TRUE(filler_
                  .run("CREATE TABLE t(x, y DEFAULT (cache_set('k', 'default')));"
                       "CREATE TABLE u(x CHECK (cache_set('k', x) = x))")
                  .ok());
  Database db(scratch_.path("db"));
  ASSERT_TRUE(db.load(kGuarded).ok());
  EXPECT_NE(db.run("INSERT INTO t(x) VALUES (1)").message.find("unsafe use of cache_set()"),
            std::string::npos);
  if (guards_checks()) {
    EXPECT_NE(db.run("INSERT INTO u(x) VALUES (1)").message.find("unsafe use of cache_set()"),
              std::string::npos);
  }
  EXPECT_EQ(filler_.value("SELECT length(cache_get('k'))"), "4000");
}

// Makes `ddl` the text of `name` in the file of `db`, which parses it without knowing Larder.
void plant(Database& db, const std::string& name, const std::string& ddl) {
  char* sql = sqlite3_mprintf(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = %Q WHERE name = %Q; "
      "PRAGMA writable_schema = RESET; SELECT count(*) FROM sqlite_schema",
      ddl.c_str(), name.c_str());
  const auto planted = db.run(sql);
  sqlite3_free(sql);
  EXPECT_TRUE(planted.ok()) << ddl << ": " << planted;
}

// SQLite takes a function that it does not know yet for harmless.
TEST_F(Guarded, neither_can_what_was_parsed_before_loading) {
  const std::string folder = scratch_.path("m");
  std::filesystem::create_directory(folder);
  std::ofstream(folder + "/4_planted.sql") << "CREATE TABLE planted(x)";
  ASSERT_TRUE(filler_.run("CREATE TABLE u(x); CREATE INDEX i ON u(x)").ok());
  const std::string look =
      "SELECT count(*) || ' ' || (SELECT count(*) FROM sqlite_schema WHERE name = 'planted') "
      "FROM larder_cache";
  const std::string before = filler_.value(look);
  for (const std::string& call : std::initializer_list<std::string>{
           "cache_clear()", "cache_set('evil', 1)", "kv_clock(5)", "migrate('" + folder + "')"}) {
    for (const auto& [name, ddl] : std::initializer_list<std::pair<std::string, std::string>>{
             {"u", "CREATE TABLE u(x, y AS (" + call + "))"},
             {"i", "CREATE INDEX i ON u(" + call + ")"},
             {"i", "CREATE INDEX i ON u(x) WHERE " + call}}) {
      for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
        const support::Scratch scratch;
        Database db(scratch.path("db")), other(scratch.path("db"));
        support::copy(filler_, db);
        plant(db, name, ddl);
        ASSERT_TRUE(db.load(entry).ok()) << entry << ": " << ddl;
        for (const char* sql : {"INSERT INTO u(x) VALUES (2)", "SELECT * FROM u", "REINDEX"})
          EXPECT_FALSE(db.run(sql).ok()) << entry << ": " << sql << ": " << ddl;
        EXPECT_NE(db.value("SELECT kv_clock()"), "5.0") << entry << ": " << ddl;
        EXPECT_EQ(other.value(look), before) << entry << ": " << ddl;
      }
    }
  }
}

// FTS5 would write its shadow tables, whichever module those are of.
TEST_F(Guarded, a_file_cannot_name_a_table_of_larder_s_otherwise) {
  for (const char* module : {"kv_cache", "kv_ledger", "kv_migration", "kv_hook", "kv_stats"}) {
    for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
      const support::Scratch scratch;
      Database db(scratch.path("db"));
      support::copy(filler_, db);
      const std::string ddl = std::string("CREATE VIRTUAL TABLE logs USING ") + module;
      ASSERT_TRUE(db.run("PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', "
                         "'logs', 'logs', 0, '" +
                         ddl + "'); PRAGMA writable_schema = RESET")
                      .ok());
      ASSERT_TRUE(db.load(entry).ok());
      support::prepare(db);
      for (const char* sql : {"DELETE FROM logs", "SELECT * FROM logs"}) {
        EXPECT_EQ(db.run(sql).message,
                  module + std::string(": a table of another name cannot be of this module"));
      }
      EXPECT_EQ(db.value("SELECT cache_get('n') || ledger_seen('l', 'marked')"), "51");
      EXPECT_EQ(db.value("SELECT count(*) FROM kv_migration"), "3");
    }
  }
}

// Larder has to refuse what a CHECK calls where SQLite does not.
class CheckThatCalls : public Guarded {
 protected:
  void SetUp() override {
    Guarded::SetUp();
    if (guards_checks()) GTEST_SKIP() << "SQLite itself refuses such a CHECK";
  }
};

// A trigger of the file's on a table of Larder's leads the caller's own harmless call there.
TEST_F(CheckThatCalls, a_check_behind_a_trigger_cannot_what_a_view_cannot) {
  for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
    for (const CallUnderTest& call : support::all_calls()) {
      const std::string sql = call.sql;
      if (!sql.starts_with("SELECT ") || sql.find(" FROM ") != std::string::npos) continue;
      if (run_from_file(entry, sql).ok()) continue;
      const support::Scratch scratch;
      Database db(scratch.path("db"));
      support::copy(filler_, db);
      ASSERT_NO_FATAL_FAILURE(open(db, entry));
      const auto made =
          db.run("CREATE TEMP TABLE own(x); CREATE TABLE u(x CHECK (coalesce(" + sql.substr(7) +
                 ", 1) IS NOT NULL)); CREATE TRIGGER tr AFTER INSERT ON "
                 "larder_ledger BEGIN INSERT INTO u VALUES (1); END");
      ASSERT_TRUE(made.ok()) << sql << ": " << made;
      const std::string before = support::contents(db);
      const auto outcome = db.run("SELECT ledger_mark('l', 'harmless')");
      EXPECT_NE(outcome.message.find("unsafe use"), std::string::npos)
          << entry << ": " << sql << ": " << outcome;
      EXPECT_EQ(support::contents(db), before) << entry << ": " << sql;
    }
  }
}

// It evaluates a CHECK without writing anything.
TEST_F(CheckThatCalls, neither_while_the_file_is_checked) {
  for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
    Database db;
    ASSERT_TRUE(db.load(entry).ok());
    ASSERT_TRUE(db.run("SELECT kv_clock(1000); CREATE TABLE u(x); INSERT INTO u VALUES (1);"
                       "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE "
                       "u(x CHECK (kv_clock(5) > 0))' WHERE name = 'u'; PRAGMA writable_schema = "
                       "RESET")
                    .ok());
    for (const char* sql :
         {"PRAGMA quick_check", "PRAGMA main.\"Integrity_Check\"(3)",
          "SELECT * FROM pragma_quick_check", "ALTER TABLE u ADD COLUMN y CHECK (y IS NULL)"}) {
      db.run(sql);
      EXPECT_EQ(db.value("SELECT kv_clock()"), "1000.0") << entry << sql;
    }
    EXPECT_EQ(db.value("SELECT kv_clock(1001) AS quick_check -- PRAGMA integrity_check"), "1001.0");
  }
}

// The switch to WAL, which loading makes, is noted in a table of Larder's.
TEST_F(CheckThatCalls, neither_when_larder_is_loaded) {
  ASSERT_TRUE(filler_
                  .run("PRAGMA journal_mode = DELETE; DELETE FROM larder_meta WHERE name = 'wal';"
                       "CREATE TABLE u(x CHECK (coalesce(cache_clear(), kv_clock(5)) IS NOT 77));"
                       "CREATE TRIGGER tr AFTER INSERT ON larder_meta BEGIN INSERT INTO u VALUES "
                       "(1); END")
                  .ok());
  const std::string entries = filler_.value("SELECT count(*) FROM larder_cache");
  Database db(scratch_.path("db"));
  ASSERT_TRUE(db.load(kGuarded).ok());
  EXPECT_EQ(db.value("SELECT count(*) FROM larder_cache"), entries);
  EXPECT_EQ(db.value("SELECT count(*) FROM u"), "0");
}

// SQLite takes it from a temporary trigger, whatever sets that off.
TEST_F(Guarded, a_temporary_trigger_is_the_caller_s_own) {
  for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
    Database db;
    ASSERT_TRUE(db.load(entry).ok());
    const auto made = db.run(
        "CREATE TABLE session(id, at); INSERT INTO session VALUES ('a', 1); SELECT cache_set('a', "
        "1), kv_clock(1000); INSERT INTO kv_expiry VALUES ('session', 'at', 0, 's');"
        "CREATE TEMP TABLE log(at);"
        "CREATE TEMP TRIGGER swept AFTER DELETE ON session BEGIN SELECT cache_del(old.id); END;"
        "CREATE TEMP TRIGGER marked AFTER INSERT ON main.larder_ledger BEGIN INSERT INTO log "
        "SELECT kv_clock(); END");
    ASSERT_TRUE(made.ok()) << made;
    EXPECT_EQ(db.value("SELECT kv_sweep()"), "1") << entry;
    EXPECT_EQ(db.value("SELECT cache_has('a')"), "0");
    EXPECT_EQ(db.value("SELECT ledger_mark('l', 1)"), "1") << entry;
    EXPECT_EQ(db.value("SELECT at FROM log"), "1000.0");
  }
}

// What a script calls, the caller calls; what that leads to is the file's.
TEST_F(Guarded, a_script_is_the_caller_s_own) {
  Database db;
  ASSERT_TRUE(db.load(kGuarded).ok());
  ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, name, up) VALUES (1, 'own', "
                     "'SELECT kv_clock(1000), cache_set(''k'', 1); INSERT INTO kv_cache(key) "
                     "VALUES (''l''); SELECT ledger_mark(''l'', 1)')")
                  .ok());
  EXPECT_EQ(db.value("SELECT migrate()"), "1");
  EXPECT_EQ(db.value("SELECT kv_clock() || cache_get('k') || ledger_seen('l', 1)"), "1000.011");
  if (guards_checks()) return;
  ASSERT_TRUE(db.run("CREATE TABLE u(x CHECK (kv_clock(5) > 0));"
                     "CREATE TRIGGER tr AFTER INSERT ON larder_ledger BEGIN INSERT INTO u VALUES "
                     "(1); END;"
                     "INSERT INTO kv_migration(version, name, up) VALUES (2, 'led', "
                     "'SELECT ledger_mark(''l'', 2)')")
                  .ok());
  EXPECT_NE(db.run("SELECT migrate()").message.find("unsafe use"), std::string::npos);
  EXPECT_EQ(db.value("SELECT kv_clock()"), "1000.0");
}

TEST_F(Guarded, a_temporary_view_is_the_caller_s_own) {
  Database db(scratch_.path("db"));
  ASSERT_NO_FATAL_FAILURE(open(db));
  EXPECT_EQ(db.value("CREATE TEMP VIEW v AS SELECT cache_set('k', 1) AS x; SELECT x FROM v"), "1");
}

TEST_F(Guarded, by_the_environment_and_beside_another_mode) {
  setenv("LARDER_GUARDED", "1", 1);
  const std::string sql = "SELECT cache_set('k', 1)";
  for (const char* entry : {"sqlite3_larder_init", "sqlite3_larder_bare_init"})
    EXPECT_EQ(run_from_file(entry, sql).message, "unsafe use of cache_set()") << entry;
  unsetenv("LARDER_GUARDED");
  setenv("LARDER_JOIN", "1", 1);
  EXPECT_EQ(run_from_file(kGuarded, sql).message, "unsafe use of cache_set()");
  unsetenv("LARDER_JOIN");
}

TEST_F(Guarded, comes_first_or_not_at_all) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.load(kGuarded).message,
            "error during initialization: larder: this connection has loaded it before, and not "
            "guarded");
  Database other(scratch_.path("db"));
  for (const char* entry : {kGuarded, "sqlite3_larder_init", kGuarded})
    EXPECT_TRUE(other.load(entry).ok()) << entry;
  ASSERT_TRUE(other.run("CREATE VIEW v AS SELECT cache_set('k', 1)").ok());
  EXPECT_EQ(other.run("SELECT * FROM v").message, "unsafe use of cache_set()");
}

std::string load_by_sql() {
  return "SELECT load_extension('" + support::larder_path() + "', '" + kGuarded + "')";
}

// Where the schema cannot be parsed again, nothing is loaded: once it can, all is.
TEST_F(Guarded, is_not_loaded_where_something_was_written) {
  Database db;
  sqlite3_enable_load_extension(db.get(), 1);
  ASSERT_TRUE(db.run("CREATE TABLE t(x)").ok());
  const std::string load = load_by_sql();
  const std::string refusal =
      "error during initialization: larder: load it before anything is written";
  EXPECT_EQ(db.run("INSERT INTO t " + load).message, refusal);
  EXPECT_EQ(db.run("BEGIN; CREATE TEMP TABLE own(x); " + load).message, refusal);
  ASSERT_TRUE(db.run("ROLLBACK").ok());
  EXPECT_TRUE(db.run(load).ok());
  EXPECT_EQ(db.value("SELECT cache_set('k', 1)"), "1");
}

int decide_pragmas(void* decision, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_PRAGMA ? *static_cast<int*>(decision) : SQLITE_OK;
}

TEST_F(Guarded, is_not_loaded_under_an_authorizer_that_forbids_it) {
  Database db;
  sqlite3_enable_load_extension(db.get(), 1);
  const std::string load = load_by_sql();
  for (int decision : {SQLITE_DENY, SQLITE_IGNORE}) {
    sqlite3_set_authorizer(db.get(), decide_pragmas, &decision);
    EXPECT_NE(db.run(load).message.find("larder: not authorized"), std::string::npos) << decision;
    sqlite3_set_authorizer(db.get(), nullptr, nullptr);
    EXPECT_FALSE(db.run("SELECT kv_version()").ok());
  }
  EXPECT_TRUE(db.run(load).ok());
}

// A replicated file keeps what was declared (larder_declaration): a stranger's may hold anything.
TEST_F(Guarded, runs_no_script_of_the_file_s) {
  ASSERT_TRUE(filler_
                  .run("SELECT kv_config('replicated', 1), kv_clock(1020);"
                       "INSERT INTO kv_migration(version, name, up, down) "
                       "VALUES (9, 'planted', 'CREATE TABLE planted(x)', 'DROP TABLE m')")
                  .ok());
  Database db(scratch_.path("db"));
  ASSERT_TRUE(db.load(kGuarded).ok());
  for (const std::string sql : {"migrate()", "migrate(NULL, 9)", "migrate_down(0)"}) {
    const auto outcome = db.run("SELECT " + sql);
    EXPECT_NE(outcome.message.find("a guarded connection runs nothing from a file"),
              std::string::npos)
        << sql << ": " << outcome;
  }
  EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'planted'"), "0");
}

TEST(guarded, needs_a_sqlite_that_can) {
  if (sqlite3_libversion_number() >= kOldestThatGuards) GTEST_SKIP() << "this SQLite can guard";
  Database db;
  const auto outcome = db.load(kGuarded);
  EXPECT_NE(outcome.message.find("guarded needs SQLite 3.40.0 or newer"), std::string::npos)
      << outcome;
}

}  // namespace
