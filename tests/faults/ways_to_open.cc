// The ways to open a database: each call's answer is that of an ordinary one, or an error that has
// changed nothing; and what is in memory is what the file says.
#include "faults/trial.h"

namespace {

using support::CallUnderTest;
using support::Database;
using support::Scratch;
using support::Trial;

constexpr int kUsual = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;

struct Way {
  const char* name;
  const char* file = "file:%/db";  // % is a scratch folder
  int flags = kUsual;
  const char* vfs = nullptr;
  const char* first = "";  // SQL, before anything else
  int setting = 0;         // SQLITE_DBCONFIG_…
  bool is_on = false;
  bool is_shared = true;     // another connection can open it the same way
  bool counts_alike = true;  // bytes of the cache, by triggers
  const char* disk = "";     // another than that of temporary files
};

constexpr Way kWays[] = {
    {"ordinary"},
    {.name = "nomutex", .flags = kUsual | SQLITE_OPEN_NOMUTEX},
    {.name = "fullmutex", .flags = kUsual | SQLITE_OPEN_FULLMUTEX},
    {.name = "shared cache", .file = "file:%/db?cache=shared"},
    {.name = "shared memory", .file = "file:ways?mode=memory&cache=shared"},
    {.name = "unix-excl", .vfs = "unix-excl"},
    {.name = "unix-none", .vfs = "unix-none"},
    {.name = "unix-dotfile", .vfs = "unix-dotfile"},
    {.name = "nolock", .file = "file:%/db?nolock=1"},
    {.name = "powersafe off", .file = "file:%/db?psow=0"},
    {.name = "memdb", .file = "file:/ways?vfs=memdb"},
    {.name = "memory", .file = ":memory:", .is_shared = false},
    {.name = "temporary", .file = "", .is_shared = false},
    {.name = "mmap", .first = "PRAGMA mmap_size = 100000000"},
    {.name = "defensive", .setting = SQLITE_DBCONFIG_DEFENSIVE, .is_on = true},
    {.name = "untrusted schema", .setting = SQLITE_DBCONFIG_TRUSTED_SCHEMA},
    {.name = "no triggers", .setting = SQLITE_DBCONFIG_ENABLE_TRIGGER, .counts_alike = false},
    {.name = "no views", .setting = SQLITE_DBCONFIG_ENABLE_VIEW},
    {.name = "no double quotes", .setting = SQLITE_DBCONFIG_DQS_DML},
    {.name = "exclusive", .first = "PRAGMA locking_mode = EXCLUSIVE", .is_shared = false},
    {.name = "wal", .first = "PRAGMA journal_mode = WAL"},
    {.name = "wal without shm",
     .first = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL",
     .is_shared = false},
    {.name = "truncate", .first = "PRAGMA journal_mode = TRUNCATE"},
    {.name = "persist", .first = "PRAGMA journal_mode = PERSIST"},
    {.name = "journal in memory", .first = "PRAGMA journal_mode = MEMORY"},
    {.name = "small pages", .first = "PRAGMA page_size = 512"},
    {.name = "large pages", .first = "PRAGMA page_size = 65536"},
    {.name = "little endian", .first = "PRAGMA encoding = 'UTF-16le'", .counts_alike = false},
    {.name = "big endian", .first = "PRAGMA encoding = 'UTF-16be'", .counts_alike = false},
    {.name = "auto_vacuum", .first = "PRAGMA auto_vacuum = FULL"},
    {.name = "incremental vacuum", .first = "PRAGMA auto_vacuum = INCREMENTAL"},
    {.name = "small page cache", .first = "PRAGMA cache_size = 5"},
    {.name = "secure delete", .first = "PRAGMA secure_delete = ON"},
    {.name = "cell check", .first = "PRAGMA cell_size_check = ON"},
    {.name = "reverse order", .first = "PRAGMA reverse_unordered_selects = ON"},
    {.name = "case sensitive", .first = "PRAGMA case_sensitive_like = ON"},
    {.name = "recursive triggers", .first = "PRAGMA recursive_triggers = ON"},
    {.name = "long name",
     .file =
         "file:%/a_name_that_is_nearly_as_long_as_a_file_system_allows_for_the_file_of_a_database_"
         "beside_which_two_more_files_have_to_be_whose_names_are_longer_by_four_or_eight_letters"},
    {.name = "in memory that is a folder", .disk = "/dev/shm"},
    {.name = "odd name", .file = "file:%/it's%20%22a%22%20%3f%25%23%c3%a9.db"},
};

// Whether the file has been switched to WAL yet depends on the way.
constexpr const char* kAsSwitched = "INSERT OR REPLACE INTO larder_meta VALUES ('wal', 'switched')";

class WaysToOpen : public Trial, public testing::WithParamInterface<int> {
 protected:
  static const Way& way() { return kWays[GetParam()]; }

  // Where the database of one trial is.
  static std::string place(const Scratch& scratch) {
    std::string file = way().file;
    const auto at = file.find("%/");
    if (at != std::string::npos) file.replace(at, 1, scratch.path(""));
    return file;
  }

  static void open_this_way(Database& db) {
    EXPECT_EQ(db.open_code(), SQLITE_OK);
    if (way().setting != 0) sqlite3_db_config(db.get(), way().setting, int{way().is_on}, nullptr);
    EXPECT_TRUE(db.run(std::string(way().first) + "; PRAGMA synchronous = OFF").ok());
  }
};

TEST_P(WaysToOpen, give_the_same_answers) {
  support::Sample sample(29);
  for (const CallUnderTest& call : support::all_calls()) {
    if (std::string(call.sql).find("kv_wait") != std::string::npos) continue;  // not in memory
    if (!way().counts_alike && std::string(call.sql).find("max_entries") != std::string::npos)
      continue;
    for (const bool is_inside : {false, true}) {
      if (!sample.takes_next()) continue;
      SCOPED_TRACE(std::string(way().name) + (is_inside ? " inside: " : ": ") + call.sql);
      const Scratch scratch(way().disk);
      Database db(place(scratch), way().flags, way().vfs);
      open_this_way(db);
      ASSERT_NO_FATAL_FAILURE(support::fill(db, false));
      ASSERT_TRUE(db.run(kAsSwitched).ok());
      const auto result = try_on(
          db, call, is_inside, [](Database&) {}, [](Database&) {});
      EXPECT_TRUE(is_inside || result.is_right) << result.outcome << result.differs;
      expect_right_or_nothing(result);
    }
  }
}

// Asked until it is in memory, changed by another connection, and asked again.
TEST_P(WaysToOpen, see_what_another_connection_changes) {
  if (!way().is_shared) return;  // nobody else can open it
  const Scratch scratch(way().disk);
  Database db(place(scratch), way().flags, way().vfs);
  open_this_way(db);
  ASSERT_TRUE(db.load().ok());
  Database other(place(scratch), way().flags, way().vfs);
  open_this_way(other);
  ASSERT_TRUE(other.load().ok());
  const std::string asks =
      "SELECT cache_get('k') || ledger_seen('l', 'k') || checkpoint_get('c', 0)";
  ASSERT_TRUE(db.run("SELECT cache_set('k', 0)").ok());
  const char* changes[] = {"SELECT cache_set('k', 1)",          "SELECT ledger_mark('l', 'k')",
                           "UPDATE larder_cache SET value = 2", "SELECT checkpoint_set('c', 1)",
                           "DELETE FROM larder_ledger",         "SELECT cache_set('k', 3)"};
  const char* wants[] = {"100", "110", "210", "211", "201", "301"};
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    for (int n = 0; n < 4; ++n) ASSERT_TRUE(db.run(asks).ok());
    const auto changed = other.run(changes[i]);
    ASSERT_TRUE(changed.ok()) << way().name << " " << changes[i] << ": " << changed;
    EXPECT_EQ(db.value(asks), wants[i]) << way().name << " " << changes[i];
  }
}

class Deserialized : public Trial {};

// A database that a program has as bytes (https://sqlite.org/c3ref/deserialize.html).
TEST_F(Deserialized, gives_the_same_answers) {
  support::Sample sample(29);
  Database filled;
  open(filled);
  sqlite3_int64 size = 0;
  unsigned char* const bytes = sqlite3_serialize(filled.get(), "main", &size, 0);
  for (const CallUnderTest& call : support::all_calls()) {
    if (std::string(call.sql).find("kv_wait") != std::string::npos) continue;  // not in memory
    for (const bool is_inside : {false, true}) {
      if (!sample.takes_next()) continue;
      SCOPED_TRACE(std::string(is_inside ? "inside: " : "") + call.sql);
      Database db;
      auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(size));
      std::copy(bytes, bytes + size, copy);
      ASSERT_EQ(sqlite3_deserialize(db.get(), "main", copy, size, size,
                                    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
                SQLITE_OK);
      ASSERT_TRUE(db.load().ok());
      support::prepare(db);
      const auto result = try_on(
          db, call, is_inside, [](Database&) {}, [](Database&) {});
      EXPECT_TRUE(is_inside || result.is_right) << result.outcome << result.differs;
      expect_right_or_nothing(result);
    }
  }
  sqlite3_free(bytes);
}

INSTANTIATE_TEST_SUITE_P(each, WaysToOpen, testing::Range(0, int{std::size(kWays)}));

// A file that is there already, which this connection cannot write.
class ReadOnly : public Trial, public testing::WithParamInterface<const char*> {};

TEST_P(ReadOnly, reads_and_refuses_to_write) {
  const Scratch scratch;
  {
    Database writer(scratch.path("db"));
    ASSERT_TRUE(writer.run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF").ok());
    ASSERT_NO_FATAL_FAILURE(support::fill(writer, false));
    ASSERT_EQ(writer.run("PRAGMA journal_mode = DELETE").value, "delete");
  }
  Database before(scratch.path("db"));
  const std::string contents = support::contents(before);
  for (const CallUnderTest& call : support::all_calls()) {
    const std::string sql = call.sql;
    if (sql.find("igrat") != std::string::npos) continue;    // declaring takes the write lock
    if (sql.find("kv_wait") != std::string::npos) continue;  // not in memory
    Database db("file:" + scratch.path("db") + GetParam());
    ASSERT_TRUE(db.load().ok());
    ASSERT_TRUE(db.run("SELECT kv_clock(1010)").ok());
    Database ordinary;
    support::copy(before, ordinary);
    ASSERT_TRUE(ordinary.load().ok() && ordinary.run("SELECT kv_clock(1010)").ok());
    const auto outcome = db.run(sql), want = ordinary.run(sql);
    const bool reads = support::contents(ordinary) == contents;
    if (outcome.ok() && reads && sql.find("kv_check") == std::string::npos) {
      EXPECT_EQ(outcome.value, want.value) << sql;
    } else if (!outcome.ok()) {
      EXPECT_TRUE(call.writes || !sql.starts_with("SELECT") || !want.ok()) << sql << outcome;
    } else {
      EXPECT_TRUE(reads) << sql << ": " << outcome;
    }
    EXPECT_FALSE(db.in_transaction()) << sql;
  }
  EXPECT_TRUE(support::contents(before) == contents);
}

INSTANTIATE_TEST_SUITE_P(each, ReadOnly,
                         testing::Values("?mode=ro", "?immutable=1", "?mode=ro&nolock=1",
                                         "?mode=ro&cache=shared"));

}  // namespace
