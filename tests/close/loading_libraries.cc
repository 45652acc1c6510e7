// Two SQLite libraries in one process, as Python's sqlite3 and apsw are, and hosts that hand over
// little. A host is played by its table of routines, which an automatic extension is handed.
#define SQLITE_CORE 1
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sqlite3ext.h>

#include <cstdarg>
#include <cstring>

#include "support/database.h"

namespace {

using support::Database;
using support::Scratch;
using EntryPoint = int (*)(sqlite3*, char**, const sqlite3_api_routines*);

constexpr const char* kEntryPoints[] = {"sqlite3_extension_init", "sqlite3_larder_init",
                                        "sqlite3_larder_bare_init", "sqlite3_larder_join_init",
                                        "sqlite3_larder_guarded_init"};

sqlite3_api_routines routines;  // of this process's library, at an address of its own

int copy_routines(sqlite3*, char**, const sqlite3_api_routines* api) {
  std::memcpy(&routines, api, sizeof routines);
  return SQLITE_OK;
}

class Library {
 public:
  Library() : handle_(dlopen(support::larder_path().c_str(), RTLD_NOW)) {
    const auto auto_entry = reinterpret_cast<void (*)()>(copy_routines);
    sqlite3_auto_extension(auto_entry);
    const Database db;
    sqlite3_cancel_auto_extension(auto_entry);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { dlclose(handle_); }

  EntryPoint entry(const char* name) const {
    return reinterpret_cast<EntryPoint>(dlsym(handle_, name));
  }

  // Loads as the other library of the process would.
  support::Outcome load_elsewhere(Database& db) const {
    support::Outcome outcome;
    char* message = nullptr;
    outcome.code = entry("sqlite3_extension_init")(db.get(), &message, &routines);
    if (message != nullptr) outcome.message = message;
    sqlite3_free(message);
    return outcome;
  }

 private:
  void* handle_;
};

TEST(loading_libraries, the_second_one_is_refused) {
  const Library library;
  Database first;
  ASSERT_TRUE(first.load().ok());
  Database second;
  const auto outcome = library.load_elsewhere(second);
  EXPECT_EQ(outcome.code, SQLITE_ERROR);
  EXPECT_EQ(outcome.message,
            "larder: another SQLite library of this process has loaded this file, which can serve "
            "one; load a copy of the file here");
  EXPECT_FALSE(second.run("SELECT kv_version()").ok());
  EXPECT_EQ(first.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(first.value("SELECT cache_get('a')"), "1");
}

// Not before the last connection of the first one is gone.
TEST(loading_libraries, one_after_the_other) {
  const Library library;
  {
    Database first, another;
    ASSERT_TRUE(first.load().ok());
    ASSERT_TRUE(another.load().ok());
    EXPECT_EQ(first.close(), SQLITE_OK);
    Database second;
    EXPECT_EQ(library.load_elsewhere(second).code, SQLITE_ERROR);
  }
  {
    Database second;
    EXPECT_EQ(library.load_elsewhere(second).code, SQLITE_OK);
    EXPECT_EQ(second.value("SELECT cache_set('a', 1)"), "1");
    Database first;
    EXPECT_FALSE(first.load().ok());
  }
  Database first;
  EXPECT_TRUE(first.load().ok());
}

TEST(loading_libraries, a_copy_of_the_file_serves_the_other_one) {
  const Library library;
  Scratch scratch;
  const std::string copy = scratch.path("copy.so");
  std::filesystem::copy_file(support::larder_path(), copy);
  Database second;
  ASSERT_EQ(library.load_elsewhere(second).code, SQLITE_OK);
  Database first;
  EXPECT_TRUE(first.load(nullptr, copy).ok());
  EXPECT_EQ(first.value("SELECT cache_set('a', 1)"), "1");
  EXPECT_EQ(second.value("SELECT cache_set('a', 2)"), "2");
}

// A host that does not want to be told why gets the code alone.
TEST(loading_libraries, nobody_to_tell_why) {
  const Library library;
  int (*const version)() = routines.libversion_number;
  routines.libversion_number = [] { return 3034001; };
  for (const char* name : kEntryPoints) {
    ASSERT_NE(library.entry(name), nullptr) << name;
    Database db;
    EXPECT_EQ(library.entry(name)(db.get(), nullptr, &routines), SQLITE_ERROR) << name;
  }
  routines.libversion_number = version;
  Database first;
  ASSERT_TRUE(first.load().ok());
  for (const char* name : kEntryPoints) {
    Database db;
    EXPECT_EQ(library.entry(name)(db.get(), nullptr, &routines), SQLITE_ERROR) << name;
  }
}

// The file loads under every name, and not only under one of which SQLite makes the entry point's.
TEST(loading_libraries, under_any_name) {
  Scratch scratch;
  for (const char* name : {"larder-linux-x64.so", "larder_v1.so", "x", "1.so", "libLarder2.so"}) {
    const std::string copy = scratch.path(name);
    std::filesystem::copy_file(support::larder_path(), copy);
    Database db;
    const auto outcome = db.load(nullptr, copy);
    EXPECT_TRUE(outcome.ok()) << name << ": " << outcome;
    EXPECT_EQ(db.value("SELECT cache_set('a', 1)"), "1") << name;
  }
}

bool was_asked = false;

int refuse_journal_pointer(sqlite3* db, const char* schema, int op, void* argument) {
  if (op == SQLITE_FCNTL_JOURNAL_POINTER) {
    was_asked = true;
    return SQLITE_ERROR;
  }
  return sqlite3_file_control(db, schema, op, argument);
}

// SQLite's pager asks its WAL for the file of the log. On libSQL, whose WAL can be the host's own,
// that is a call through a null pointer. Larder keeps a hot cache and knows the log's size without.
TEST(loading_libraries, the_log_is_not_asked_for_its_file) {
  const Library library;
  Scratch scratch;
  const auto file_control = routines.file_control;
  routines.file_control = refuse_journal_pointer;
  {
    Database db(scratch.path("db"));
    ASSERT_EQ(library.load_elsewhere(db).code, SQLITE_OK);
    ASSERT_TRUE(db.run("SELECT cache_set('a', 1), ledger_mark('m', 1)").ok());
    for (int i = 0; i < 5; ++i) EXPECT_EQ(db.value("SELECT cache_get('a')"), "1");
    EXPECT_EQ(db.value("SELECT value > 0 FROM kv_stats WHERE name = 'hot_hits'"), "1");
    EXPECT_EQ(db.value("SELECT value FROM kv_stats WHERE name = 'wal_bytes'"),
              std::to_string(std::filesystem::file_size(scratch.path("db-wal"))));
    ASSERT_TRUE(db.run("PRAGMA journal_mode = delete").ok());
    EXPECT_EQ(db.value("SELECT value FROM kv_stats WHERE name = 'wal_bytes'"), "0");
  }
  routines.file_control = file_control;
  EXPECT_FALSE(was_asked);
}

}  // namespace
