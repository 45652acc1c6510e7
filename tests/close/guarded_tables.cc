// sqlite3_larder_guarded_init: what virtual tables run in statements of their own is the file's,
// too.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "close/guarded.h"

namespace {

using support::Database;
using support::Guarded;
using support::kGuarded;

// FTS5 sorts by what its settings name, in a statement of its own, and keeps the error to itself.
class Ranking : public Guarded {
 protected:
  void SetUp() override {
    Guarded::SetUp();
    const auto made = filler_.run("CREATE VIRTUAL TABLE docs USING fts5(a)");
    if (made.message == "no such module: fts5") GTEST_SKIP() << "this SQLite has no FTS5";
    EXPECT_TRUE(filler_
                    .run("INSERT INTO docs VALUES ('a b'), ('a c');"
                         "CREATE VIEW ranked AS SELECT a FROM docs('a') ORDER BY rank")
                    .ok());
  }

  // Reads in the order of that rank: it harms the file or the clock, or fails and does not.
  void read_by(const std::string& rank, const char* entry, bool harms) {
    const support::Scratch scratch;
    Database db(scratch.path("db"));
    support::copy(filler_, db);
    char* set = sqlite3_mprintf("INSERT INTO docs(docs, rank) VALUES ('rank', %Q)", rank.c_str());
    EXPECT_TRUE(db.run(set).ok()) << rank;
    sqlite3_free(set);
    open(db, entry);
    const std::string before = support::contents(db) + db.value("SELECT kv_clock()");
    EXPECT_EQ(db.run("SELECT a FROM docs('a') ORDER BY rank").ok(), harms) << entry << rank;
    EXPECT_EQ(db.run("SELECT * FROM ranked").ok(), harms) << entry << rank;
    EXPECT_EQ(support::contents(db) + db.value("SELECT kv_clock()") != before, harms)
        << entry << rank;
  }
};

TEST_F(Ranking, calls_nothing_that_writes_where_guarded) {
  for (const char* rank :
       {"cache_set('evil')", "kv_sweep()", "rate_take(1, 100)", "ledger_mark('id')"})
    read_by(rank, kGuarded, false);
  read_by("cache_set('evil')", "sqlite3_larder_init", true);
}

TEST_F(Ranking, is_in_nobody_s_way) {
  Database db(scratch_.path("db"));
  open(db);
  ASSERT_TRUE(db.run("SELECT cache_set(2, 'second')").ok());
  EXPECT_EQ(db.value("SELECT group_concat(value) FROM (SELECT value FROM docs('a') LEFT JOIN "
                     "kv_cache ON key = docs.rowid ORDER BY rank)"),
            "second");
}

TEST_F(Ranking, calls_nothing_that_is_direct_only) {
  for (const char* entry : {kGuarded, "sqlite3_larder_init", "sqlite3_larder_bare_init"}) {
    for (const char* rank : {"kv_clock()", "kv_busy_timeout()", "migrate_down('.')"})
      read_by(rank, entry, false);
  }
}

// FTS4 calls by name what the file says, in statements that pass for the caller's own.
class TableThatCalls : public Guarded {
 protected:
  // Whether this SQLite has FTS4.
  bool make(const std::string& function, const std::string& argument) {
    const auto made = filler_.run(
        "CREATE VIRTUAL TABLE docs USING fts4(x, compress=trim, uncompress=trim);"
        "INSERT INTO docs VALUES ('" +
        argument +
        "'); PRAGMA writable_schema = ON;"
        "UPDATE sqlite_schema SET sql = replace(sql, 'uncompress=trim', 'UnCompress=" +
        function + "') WHERE name = 'docs'; PRAGMA writable_schema = OFF");
    if (made.message == "no such module: fts4") return false;
    EXPECT_TRUE(made.ok()) << made;
    EXPECT_EQ(filler_.close(), SQLITE_OK);
    return true;
  }

  // FTS4 keeps to itself what the function says.
  static void expect_refused(Database& db, const std::string& table) {
    EXPECT_EQ(db.run("SELECT * FROM " + table).message, "SQL logic error");
  }
};

TEST_F(TableThatCalls, writes_nothing_where_guarded) {
  if (!make("cache_clear", "")) GTEST_SKIP() << "this SQLite has no FTS4";
  Database db(scratch_.path("db"));
  ASSERT_TRUE(db.load(kGuarded).ok());
  const std::string entries = db.value("SELECT count(*) FROM kv_cache");
  expect_refused(db, "docs");
  EXPECT_EQ(db.value("SELECT count(*) FROM kv_cache"), entries);
  Database other(scratch_.path("db"));
  open(other, "sqlite3_larder_init");
  EXPECT_TRUE(other.run("SELECT * FROM docs").ok());
  EXPECT_EQ(other.value("SELECT count(*) FROM kv_cache"), "0");
}

// Its statements run inside the caller's. Where only one runs, the caller calls; what reads always
// answers.
TEST_F(TableThatCalls, leaves_the_caller_what_runs_alone) {
  if (!make("cache_clear", "")) GTEST_SKIP() << "this SQLite has no FTS4";
  Database db(scratch_.path("db"));
  ASSERT_TRUE(db.load(kGuarded).ok());
  const std::initializer_list<const char*> writers = {
      "SELECT cache_set('k', 1)", "INSERT INTO kv_cache(key, value) VALUES ('l', 1)",
      "UPDATE kv_cache SET value = 1", "DELETE FROM kv_ledger", "INSERT INTO kv_answer SELECT 1"};
  sqlite3_stmt* other = db.prepare("SELECT 1 UNION ALL SELECT 2");
  ASSERT_EQ(sqlite3_step(other), SQLITE_ROW);
  for (const char* writes : writers) {
    const auto outcome = db.run(writes);
    EXPECT_NE(outcome.message.find("the table docs may run what the file says"), std::string::npos)
        << writes << ": " << outcome;
  }
  EXPECT_EQ(db.value("SELECT cache_get('n')"), "5");
  sqlite3_finalize(other);
  for (const char* writes : writers) {
    const auto outcome = db.run(writes);
    EXPECT_TRUE(outcome.ok()) << writes << ": " << outcome;
  }
}

TEST_F(TableThatCalls, attached_or_not) {
  if (!make("cache_clear", "")) GTEST_SKIP() << "this SQLite has no FTS4";
  Database db;
  open(db);
  ASSERT_TRUE(db.run("SELECT cache_set('k', 1)").ok());
  ASSERT_TRUE(db.run("ATTACH '" + scratch_.path("db") + "' AS other").ok());
  expect_refused(db, "other.docs");
  EXPECT_EQ(db.value("SELECT cache_get('k')"), "1");
}

TEST_F(TableThatCalls, runs_no_migration) {
  const std::string folder = scratch_.path("m");
  std::filesystem::create_directory(folder);
  std::ofstream(folder + "/4_planted.sql") << "CREATE TABLE planted(x)";
  if (!make("migrate", folder)) GTEST_SKIP() << "this SQLite has no FTS4";
  for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
    Database db(scratch_.path("db"));
    ASSERT_TRUE(db.load(entry).ok());
    expect_refused(db, "docs");
    EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'planted'"), "0");
  }
}

// As a host may have asked for: the look for such tables is made with a pragma.
TEST_F(TableThatCalls, is_found_under_an_authorizer_that_ignores_pragmas) {
  if (!make("cache_clear", "")) GTEST_SKIP() << "this SQLite has no FTS4";
  Database db(scratch_.path("db"));
  ASSERT_TRUE(db.load(kGuarded).ok());
  const auto ignore = [](void*, int action, const char*, const char*, const char*, const char*) {
    return action == SQLITE_PRAGMA ? SQLITE_IGNORE : SQLITE_OK;
  };
  sqlite3_set_authorizer(db.get(), ignore, nullptr);
  EXPECT_FALSE(db.run("SELECT * FROM docs").ok());
  sqlite3_set_authorizer(db.get(), nullptr, nullptr);
  EXPECT_NE(db.value("SELECT count(*) FROM kv_cache"), "0");
}

// A module of the host's, as there are, that runs its argument.
class Runs {
 public:
  static void register_in(Database& db) {
    static sqlite3_module module{};
    module.xConnect = module.xCreate = connect;
    module.xBestIndex = [](sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; };
    module.xDisconnect = module.xDestroy = [](sqlite3_vtab* table) {
      delete static_cast<Table*>(table);
      return SQLITE_OK;
    };
    module.xOpen = [](sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
      *cursor = new sqlite3_vtab_cursor{};
      return SQLITE_OK;
    };
    module.xClose = [](sqlite3_vtab_cursor* cursor) {
      delete cursor;
      return SQLITE_OK;
    };
    module.xFilter = [](sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
      const auto* table = static_cast<Table*>(cursor->pVtab);
      return sqlite3_exec(table->db, table->argument.c_str(), nullptr, nullptr, nullptr);
    };
    module.xEof = [](sqlite3_vtab_cursor*) { return 1; };
    EXPECT_EQ(sqlite3_create_module(db.get(), "runs", &module, nullptr), SQLITE_OK);
  }

 private:
  struct Table : sqlite3_vtab {
    sqlite3* db = nullptr;
    std::string argument;
  };

  static int connect(sqlite3* db, void*, int, const char* const* arguments, sqlite3_vtab** table,
                     char**) {
    auto* own = new Table{};
    own->db = db;
    own->argument = arguments[3];
    *table = own;
    return sqlite3_declare_vtab(db, "CREATE TABLE x(y)");
  }
};

class TableThatRuns : public Guarded {
 protected:
  // A file with the table x, whose text says so.
  void make(Database& db, const std::string& ddl) {
    support::copy(filler_, db);
    char* sql = sqlite3_mprintf(
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 0, %Q);"
        "PRAGMA writable_schema = RESET; SELECT count(*) FROM sqlite_schema",
        ddl.c_str());
    const auto made = db.run(sql);
    sqlite3_free(sql);
    EXPECT_TRUE(made.ok()) << ddl << ": " << made;
    Runs::register_in(db);
  }
};

// However the text names the module.
TEST_F(TableThatRuns, writes_nothing_where_guarded) {
  for (const char* begin :
       {"CREATE VIRTUAL TABLE x USING runs", "create/**/virtual\ntable x--\nusing Runs",
        "CREATE VIRTUAL TABLE IF NOT EXISTS \"x\" USING \"runs\" ",
        "CREATE VIRTUAL TABLE 'x' USING [runs]/* USING fts5(a) */"}) {
    for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
      const support::Scratch scratch;
      Database db(scratch.path("db"));
      make(db, std::string(begin) + "(SELECT cache_clear())");
      open(db, entry);
      EXPECT_EQ(db.run("SELECT * FROM x").ok(), entry != kGuarded) << begin;
      EXPECT_EQ(db.value("SELECT count(*) FROM larder_cache") == "0", entry != kGuarded) << begin;
    }
  }
}

TEST_F(TableThatRuns, runs_no_migration) {
  const std::string folder = scratch_.path("m");
  std::filesystem::create_directory(folder);
  std::ofstream(folder + "/4_planted.sql") << "CREATE TABLE planted(x)";
  for (const char* entry : {kGuarded, "sqlite3_larder_init"}) {
    const support::Scratch scratch;
    Database db(scratch.path("db"));
    make(db, "CREATE VIRTUAL TABLE x USING runs(SELECT migrate('" + folder + "'))");
    open(db, entry);
    EXPECT_FALSE(db.run("SELECT * FROM x").ok());
    EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'planted'"), "0");
  }
}

// A script runs inside the statement that migrates. It may call, and what it reads may not.
TEST_F(TableThatRuns, leaves_a_script_alone) {
  Database db(scratch_.path("db"));
  make(db, "CREATE VIRTUAL TABLE x USING runs(SELECT cache_clear())");
  open(db);
  ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, name, up) VALUES (8, 'own', 'CREATE TABLE "
                     "m1(a); INSERT INTO m1 SELECT cache_set(''own'', 1); INSERT INTO m1 SELECT "
                     "count(*) FROM kv_cache')")
                  .ok());
  EXPECT_TRUE(db.run("SELECT migrate()").ok());
  EXPECT_EQ(db.value("SELECT cache_get('own')"), "1");
  ASSERT_TRUE(db.run("INSERT INTO kv_migration(version, name, up) VALUES (9, 'led', 'CREATE TABLE "
                     "m2 AS SELECT * FROM x')")
                  .ok());
  EXPECT_FALSE(db.run("SELECT migrate()").ok());
  EXPECT_EQ(db.value("SELECT cache_get('own')"), "1");
}

// FTS reads from any table that it is told has its content. A view may not read these.
TEST_F(Guarded, no_table_of_search_reads_what_a_view_cannot) {
  for (const auto& [module, option] : std::initializer_list<std::pair<std::string, std::string>>{
           {"fts4", "content="}, {"fts5", "content="}, {"fts5", "cont = "}, {"fts5", "C="}}) {
    const support::Scratch scratch;
    Database db(scratch.path("db"));
    support::copy(filler_, db);
    const auto made = db.run(
        "CREATE VIRTUAL TABLE entries USING " + module + "(value, " + option + "'KV_cache');" +
        "CREATE VIRTUAL TABLE scripts USING " + module + "(up, " + option + "\"kv_migration\");" +
        "CREATE TABLE t(x); CREATE TABLE u(x); CREATE TABLE stolen(x);"
        "CREATE TRIGGER tt AFTER INSERT ON t BEGIN INSERT INTO stolen SELECT up FROM scripts; END;"
        "CREATE TRIGGER tu AFTER INSERT ON u BEGIN INSERT INTO stolen SELECT value FROM entries; "
        "END");
    if (made.message == "no such module: " + module) continue;
    ASSERT_TRUE(made.ok()) << made;
    open(db);
    for (const char* sql : {"INSERT INTO t VALUES (1)", "INSERT INTO u VALUES (1)",
                            "SELECT * FROM scripts", "SELECT * FROM entries"})
      EXPECT_FALSE(db.run(sql).ok()) << module << ": " << sql;
    EXPECT_EQ(db.value("SELECT count(*) FROM stolen"), "0") << module;
    for (const char* sql : {"SELECT value FROM kv_cache", "SELECT up FROM kv_migration"})
      EXPECT_TRUE(db.run(sql).ok()) << module << ": " << sql;
  }
}

// What is known to run nothing of the file's is in nobody's way.
TEST_F(Guarded, other_tables_leave_the_caller_alone) {
  Database db;
  ASSERT_TRUE(db.load(kGuarded).ok());
  for (const std::string module :
       {"fts3(a)", "fts4(content, kv)", "fts5(a, content='virtual_disk', content_rowid='id')",
        "rtree(id, x, y)", "geopoly(a)"}) {
    const auto made =
        db.run("CREATE VIRTUAL TABLE " + module.substr(0, module.find('(')) + "_ USING " + module);
    EXPECT_TRUE(made.ok() || made.message.starts_with("no such module: ")) << module << made;
  }
  ASSERT_TRUE(db.run("CREATE TABLE virtual_disk(id, compress CHECK (compress=1));"
                     "CREATE VIEW v AS SELECT 'USING runs', * FROM virtual_disk")
                  .ok());
  sqlite3_stmt* other = db.prepare("SELECT 1 UNION ALL SELECT 2");  // beside which Larder looks
  ASSERT_EQ(sqlite3_step(other), SQLITE_ROW);
  for (const char* sql : {"SELECT cache_set('k', 1)", "SELECT key FROM kv_cache",
                          "SELECT version FROM kv_migration", "SELECT migrate()"}) {
    const auto outcome = db.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
  }
  sqlite3_finalize(other);
}

}  // namespace
