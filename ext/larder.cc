// Entry points (https://sqlite.org/loadext.html). SQLite derives the name of the first from the
// file's name.
//
// Linked statically (-DSQLITE_CORE), the same two functions go to sqlite3_auto_extension().
#include <memory>
#include <mutex>
#include <string_view>

#include "feature_list.h"
#include "sqlite/boundary.h"
#include "store/connection.h"
#include "store/defaults.h"
#include "store/environment.h"

SQLITE_EXTENSION_INIT1

#define LARDER_EXPORT extern "C" __attribute__((visibility("default")))

namespace larder {

namespace {

constexpr int kOldestSqlite = 3037000;  // 3.35 has RETURNING, but crashes on one into a TEMP table

// A second load must not register again: it would replace what the first has in memory, and SQLite
// refuses it while a statement runs, such as the SELECT load_extension() itself. Without FROM,
// compiling this reads no schema and so waits for no lock.
bool is_loaded(sqlite3* db) {
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v2(db, "SELECT kv_version()", -1, &statement, nullptr);
  sqlite3_finalize(statement);
  if (rc == SQLITE_OK) return true;
  if (rc != SQLITE_ERROR && rc != SQLITE_AUTH) throw Error::last(db, rc);
  // There is no such function, or an authorizer denies it; and that is asked only about those there
  // are.
  constexpr std::string_view kDenied = "not authorized to use function";
  return std::string_view(sqlite3_errmsg(db)).find(kDenied) != std::string_view::npos;
}

// sqlite3_open() takes the error that is_loaded() left behind for one of an automatic extension.
void forget_error(sqlite3* db) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(db, "SELECT 1", -1, &statement, nullptr);
  sqlite3_finalize(statement);
}

// What SQLITE_EXTENSION_INIT2 does, but without writing under the feet of the threads that have
// loaded Larder before.
void take_routines([[maybe_unused]] const sqlite3_api_routines* api) {
#ifndef SQLITE_CORE
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  if (sqlite3_api != api) sqlite3_api = api;
#endif
}

int load(sqlite3* db, char** error, bool bare) noexcept {
  if (sqlite3_libversion_number() < kOldestSqlite) {
    *error =
        sqlite3_mprintf("larder needs SQLite 3.37.0 or newer, this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  return guard(
      [&] {
        if (is_loaded(db)) return;
        auto connection = std::make_shared<Connection>(db, kFeatures, bare);
        register_all(connection);
        forget_error(db);
      },
      [&](int, const char* message) { *error = sqlite3_mprintf("larder: %s", message); });
}

}  // namespace

}  // namespace larder

LARDER_EXPORT int sqlite3_larder_init(sqlite3* db, char** error, const sqlite3_api_routines* api) {
  larder::take_routines(api);
  return larder::load(db, error, larder::environment_says("LARDER_BARE"));
}

LARDER_EXPORT int sqlite3_larder_bare_init(sqlite3* db, char** error,
                                           const sqlite3_api_routines* api) {
  larder::take_routines(api);
  return larder::load(db, error, true);
}
