// Migrations in a directory that holds what it should not, and migrations that are stopped: a clear
// error, never a wait, and the old version. Messages of ordinary mistakes are in tests/errors.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "support/database.h"

namespace {

using support::Database;
using support::Outcome;
using support::Scratch;

// A folder of migrations.
class Folder {
 public:
  Folder() { std::filesystem::create_directory(path()); }
  std::string path() const { return scratch_.path("m"); }
  std::string file(const std::string& name) const { return path() + "/" + name; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
  }
  std::string call(const std::string& function) const {
    return "SELECT " + function + "('" + path() + "')";
  }
  std::string database() const { return scratch_.path("db"); }

 private:
  Scratch scratch_;
};

void expect_refused(const Folder& folder, const std::string& why) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  for (const char* function : {"migrate", "migrate_check"}) {
    const auto outcome = db.run(folder.call(function));
    EXPECT_EQ(outcome.code, SQLITE_ERROR);
    EXPECT_NE(outcome.message.find(why), std::string::npos) << outcome;
  }
  EXPECT_EQ(db.run("SELECT * FROM kv_migration('" + folder.path() + "')").code, SQLITE_ERROR);
  EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema"), "0");
}

TEST(directories, fifo) {
  const Folder folder;
  ASSERT_EQ(mkfifo(folder.file("1_a.sql").c_str(), 0600), 0);
  expect_refused(folder, "1_a.sql: it is not a regular file");
}

// A FIFO that somebody writes to for ever.
TEST(directories, fifo_with_a_writer) {
  const Folder folder;
  ASSERT_EQ(mkfifo(folder.file("1_a.sql").c_str(), 0600), 0);
  std::fstream writer(folder.file("1_a.sql"));
  writer << "CREATE TABLE harm(x);" << std::flush;
  expect_refused(folder, "1_a.sql: it is not a regular file");
}

TEST(directories, socket) {
  const Folder folder;
  const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_GE(listener, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  folder.file("1_a.sql").copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  expect_refused(folder, "1_a.sql: it is not a regular file");
  ::close(listener);
}

TEST(directories, device) {
  for (const char* device : {"/dev/zero", "/dev/tty", "/dev/null"}) {
    const Folder folder;
    std::filesystem::create_symlink(device, folder.file("1_a.sql"));
    expect_refused(folder, "1_a.sql: ");
  }
}

TEST(directories, other_places) {
  Database db;
  ASSERT_TRUE(db.load().ok());
  const Folder folder;
  const std::string fifo = folder.file("fifo");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  for (const std::string& path : {fifo, std::string("/dev/null"), std::string("/dev/zero"),
                                  std::string(4000, 'x'), folder.path() + "/nowhere"}) {
    const auto outcome = db.run("SELECT migrate('" + path + "')");
    EXPECT_EQ(outcome.code, SQLITE_ERROR) << path;
    EXPECT_NE(outcome.message.find("cannot read the directory: "), std::string::npos) << outcome;
  }
}

TEST(directories, unreadable) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const Folder folder;
  folder.write("1_a.sql", "CREATE TABLE a(x)");
  ASSERT_EQ(chmod(folder.file("1_a.sql").c_str(), 0), 0);
  expect_refused(folder, "1_a.sql: Permission denied");
  ASSERT_EQ(chmod(folder.path().c_str(), 0), 0);
  expect_refused(folder, "cannot read the directory: Permission denied");
  ASSERT_EQ(chmod(folder.path().c_str(), 0700), 0);
}

// A file as large as is allowed, in few statements, is applied.
TEST(directories, large) {
  const Folder folder;
  folder.write("1_a.sql",
               "CREATE TABLE a(x);\n-- " + std::string(std::size_t{20} << 20, '.') + "\nSELECT 1;");
  Database db;
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(db.value(folder.call("migrate")), "1");
  EXPECT_EQ(truncate(folder.file("1_a.sql").c_str(), (off_t{64} << 20) + 1), 0);
  EXPECT_EQ(db.run(folder.call("migrate")).message,
            "migrate: " + folder.file("1_a.sql") + ": it has more than 64 MiB");
}

// All of UTF-8, and nothing that only looks like it.
TEST(directories, utf8) {
  for (const std::string good : {"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                 "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    const Folder folder;
    folder.write("1_a.sql", "CREATE TABLE a AS SELECT '" + good + "' AS x");
    Database db;
    ASSERT_TRUE(db.load().ok());
    EXPECT_EQ(db.value(folder.call("migrate")), "1");
    EXPECT_EQ(db.value("SELECT x FROM a"), good);
  }
  for (const std::string bad :
       {"\x80", "\xbf", "\xc0\xaf", "\xc1\xbf", "\xc2", "\xc2 ", "\xe0\x9f\xbf", "\xe1\x80",
        "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xff", "\xfe"}) {
    for (const char* rest : {"", "'"}) {
      const Folder folder;
      folder.write("1_a.sql", "SELECT\n'" + bad + rest);
      expect_refused(folder, "1_a.sql:2: it is not UTF-8");
    }
  }
}

// A set variable, for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(directories, switched_off) {
  const Folder folder;
  folder.write("1_a.sql", "CREATE TABLE a(x)");
  Database db;
  ASSERT_TRUE(db.load().ok());
  {
    const Environment environment("LARDER_NO_FILES", "1");
    const std::string why = "reading directories is switched off here (LARDER_NO_FILES)";
    EXPECT_EQ(db.run(folder.call("migrate")).message, "migrate: " + why);
    EXPECT_EQ(db.run(folder.call("migrate_check")).message, "migrate_check: " + why);
    const std::string source = "'" + folder.path() + "')";
    EXPECT_EQ(db.run("SELECT migrate_down(0, " + source).message, "migrate_down: " + why);
    EXPECT_EQ(db.run("SELECT migrate_baseline(1, " + source).message, "migrate_baseline: " + why);
    EXPECT_EQ(db.run("SELECT migrate_repair(1, " + source).message, "migrate_repair: " + why);
    EXPECT_EQ(db.run("SELECT * FROM kv_migration(" + source).message, "kv_migration: " + why);
    // Not even whether it is there.
    EXPECT_EQ(db.run("SELECT migrate('/nowhere')").message, "migrate: " + why);
    // What is declared needs no file.
    EXPECT_TRUE(
        db.run("INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE b(x)')").ok());
    EXPECT_EQ(db.value("SELECT migrate(NULL)"), "1");
  }
  const Environment environment("LARDER_NO_FILES", "0");
  EXPECT_EQ(db.run(folder.call("migrate_check")).value, "0");
}

constexpr char kAlone[] = "-- migrate:no-transaction\n";

Outcome migrate(Database& db, const std::string& script) {
  char* sql = sqlite3_mprintf(
      "INSERT INTO kv_migration(version, up) VALUES (1, %Q); "
      "SELECT migrate()",
      script.c_str());
  Outcome outcome = db.run(sql);
  sqlite3_free(sql);
  return outcome;
}

// A declared script is no way to a file either, with a transaction around it or not. Nothing of it
// runs.
TEST(directories, switched_off_for_scripts) {
  const Environment environment("LARDER_NO_FILES", "1");
  for (const char* statement :
       {"ATTACH 'x' AS y", "/* ; */ aTtAcH DATABASE 'x' AS y", "PRAGMA temp_store_directory = '/'",
        "PRAGMA main.\"data_store_directory\"('/')", "PRAGMA lock_proxy_file = 'x'",
        "EXPLAIN PRAGMA temp_store_directory = '/'",
        "EXPLAIN QUERY PLAN PRAGMA temp_store_directory = '/'"}) {
    for (const char* mark : {kAlone, "\n"}) {
      Database db;
      ASSERT_TRUE(db.load().ok());
      EXPECT_EQ(migrate(db, mark + std::string("CREATE TABLE a(x); ") + statement).message,
                "migrate: migration 1:2: opening files is switched off here (LARDER_NO_FILES) "
                "(statement 2, nothing was applied)");
      EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'a'"), "0");
    }
  }
}

// Without the switch, whoever asks for no transaction may.
TEST(directories, attached_by_a_script) {
  const Scratch scratch;
  Database(scratch.path("other")).run("CREATE TABLE other AS SELECT 'word' AS x");
  Database db;
  ASSERT_TRUE(db.load().ok());
  EXPECT_EQ(migrate(db, kAlone + ("ATTACH '" + scratch.path("other") + "' AS o")).value, "1");
  EXPECT_EQ(db.value("SELECT x FROM o.other"), "word");
}

// The rebuild of a parent table that fails at its end: no child is lost, and foreign keys are on.
TEST(directories, failed_rebuild) {
  const Folder folder;
  folder.write("1_tables.sql",
               "CREATE TABLE p(id INTEGER PRIMARY KEY);\n"
               "CREATE TABLE c(p NOT NULL REFERENCES p(id) ON DELETE CASCADE);\n"
               "INSERT INTO p VALUES (1), (2);\nINSERT INTO c VALUES (1), (2), (2);\n");
  folder.write("2_rebuild.sql",
               "CREATE TABLE new_p(id INTEGER PRIMARY KEY, x);\n"
               "INSERT INTO new_p(id) SELECT id FROM p;\nDROP TABLE p;\n"
               "ALTER TABLE new_p RENAME TO p;\nINSERT INTO p VALUES (1, 'there already');\n");
  Database db;
  ASSERT_TRUE(db.load().ok());
  ASSERT_EQ(db.value("PRAGMA foreign_keys"), "1");
  ASSERT_EQ(db.value("SELECT migrate('" + folder.path() + "', 1)"), "1");
  const auto outcome = db.run(folder.call("migrate"));
  EXPECT_EQ(outcome.message, "migrate: " + folder.file("2_rebuild.sql") +
                                 ":5: UNIQUE constraint failed: p.id (statement 5, nothing was "
                                 "applied)");
  EXPECT_EQ(outcome.primary(), SQLITE_CONSTRAINT);
  support::expect_sound(db);
  EXPECT_EQ(db.value("SELECT count(*) FROM c"), "3");
  EXPECT_EQ(db.value("SELECT count(*) FROM pragma_table_info('p')"), "1");
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(db.value("PRAGMA user_version"), "1");
  // A row that a rebuild loses is one that a child needs.
  folder.write("2_rebuild.sql",
               "CREATE TABLE new_p(id INTEGER PRIMARY KEY, x);\n"
               "INSERT INTO new_p(id) SELECT id FROM p WHERE id > 1;\nDROP TABLE p;\n"
               "ALTER TABLE new_p RENAME TO p;\n");
  const auto lost = db.run(folder.call("migrate"));
  EXPECT_EQ(lost.code, SQLITE_CONSTRAINT_FOREIGNKEY) << lost;
  EXPECT_EQ(db.value("SELECT count(*) FROM p"), "2");
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
}

// Another thread interrupts half way through a million rows.
void interrupt_from_a_thread(sqlite3_context* context, int, sqlite3_value** arguments) {
  constexpr int kHalf = 500000;
  if (sqlite3_value_int(arguments[0]) == kHalf) {
    std::thread([db = sqlite3_context_db_handle(context)] { sqlite3_interrupt(db); }).join();
  }
  sqlite3_result_value(context, arguments[0]);
}

TEST(directories, interrupted_among_a_million_rows) {
  const Folder folder;
  folder.write(
      "1_items.sql",
      "CREATE TABLE item(id INTEGER PRIMARY KEY, state);\n"
      "INSERT INTO item(id) WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
      "1000000) SELECT i FROM n;\n");
  folder.write("2_state.sql",
               "CREATE TABLE first(x);\n\n-- All of them.\nUPDATE item\nSET state = "
               "pass(id);\n");
  Database db(folder.database());
  ASSERT_TRUE(db.load().ok());
  ASSERT_EQ(sqlite3_create_function_v2(db.get(), "pass", 1, SQLITE_UTF8, nullptr,
                                       interrupt_from_a_thread, nullptr, nullptr, nullptr),
            SQLITE_OK);
  ASSERT_EQ(db.value("SELECT migrate('" + folder.path() + "', 1)"), "1");
  const auto outcome = db.run(folder.call("migrate"));
  EXPECT_EQ(outcome.code, SQLITE_INTERRUPT);
  EXPECT_EQ(outcome.message, "migrate: " + folder.file("2_state.sql") +
                                 ":4: interrupted (statement 2, nothing was applied)");
  support::expect_sound(db);
  EXPECT_EQ(db.value("PRAGMA user_version"), "1");
  EXPECT_EQ(db.value("SELECT count(*) FROM item WHERE state IS NULL"), "1000000");
  EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'first'"), "0");
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
  // The same file, left alone.
  folder.write("2_state.sql", "UPDATE item SET state = 'new';\n");
  EXPECT_EQ(db.value(folder.call("migrate")), "2");
  EXPECT_EQ(db.value("SELECT count(*) FROM item WHERE state = 'new'"), "1000000");
}

}  // namespace
