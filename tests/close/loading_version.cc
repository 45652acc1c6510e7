// A host with an SQLite too old is told so, before anything is registered. The host is played by
// its table of routines, which an automatic extension is handed.
#define SQLITE_CORE 1
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <sqlite3ext.h>

#include <cstring>

#include "support/database.h"

namespace {

sqlite3_api_routines routines;

int copy_routines(sqlite3*, char**, const sqlite3_api_routines* api) {
  std::memcpy(&routines, api, sizeof routines);
  return SQLITE_OK;
}

int old_number() { return 3036000; }
const char* old_version() { return "3.36.0"; }

TEST(loading_version, too_old) {
  using EntryPoint = int (*)(sqlite3*, char**, const sqlite3_api_routines*);
  const auto auto_entry = reinterpret_cast<void (*)()>(copy_routines);
  sqlite3_auto_extension(auto_entry);
  support::Database db;
  sqlite3_cancel_auto_extension(auto_entry);
  ASSERT_NE(routines.libversion_number, nullptr);
  routines.libversion_number = old_number;
  routines.libversion = old_version;

  void* library = dlopen(support::larder_path().c_str(), RTLD_NOW);
  ASSERT_NE(library, nullptr) << dlerror();
  for (const char* name : {"sqlite3_larder_init", "sqlite3_larder_bare_init"}) {
    const auto entry = reinterpret_cast<EntryPoint>(dlsym(library, name));
    ASSERT_NE(entry, nullptr) << name;
    char* message = nullptr;
    EXPECT_EQ(entry(db.get(), &message, &routines), SQLITE_ERROR);
    EXPECT_STREQ(message, "larder needs SQLite 3.37.0 or newer, this is 3.36.0");
    sqlite3_free(message);
    EXPECT_FALSE(db.run("SELECT kv_version()").ok());
  }
  // Nothing but the entry points is visible.
  EXPECT_EQ(dlsym(library, "sqlite3_api"), nullptr);
  dlclose(library);
  // The same connection, with its real routines.
  EXPECT_TRUE(db.load().ok());
  EXPECT_TRUE(db.run("SELECT kv_version()").ok());
}

}  // namespace
