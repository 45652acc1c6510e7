// Entry points (https://sqlite.org/loadext.html). SQLite derives the name of the first from the
// file's name.
//
// Linked statically (-DSQLITE_CORE), the same two functions go to sqlite3_auto_extension().
#include <cstdlib>
#include <memory>
#include <string_view>

#include "feature_list.h"
#include "sqlite/boundary.h"
#include "store/connection.h"
#include "store/defaults.h"

SQLITE_EXTENSION_INIT1

#define LARDER_EXPORT extern "C" __attribute__((visibility("default")))

namespace larder {

namespace {

constexpr int kOldestSqlite = 3035000;  // RETURNING, and sqlite3_txn_state()

// A second load must not register again: SQLite refuses that while a statement runs, such as the
// SELECT load_extension() itself. Without FROM, compiling this reads no schema and so waits for no
// lock.
bool is_loaded(sqlite3* db) {
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v2(db, "SELECT kv_version()", -1, &statement, nullptr);
  sqlite3_finalize(statement);
  return rc == SQLITE_OK;
}

bool environment_says_bare() {
  const char* value = std::getenv("LARDER_BARE");
  return value != nullptr && *value != '\0' && std::string_view(value) != "0";
}

int load(sqlite3* db, char** error, bool bare) noexcept {
  if (sqlite3_libversion_number() < kOldestSqlite) {
    *error =
        sqlite3_mprintf("larder needs SQLite 3.35.0 or newer, this is %s", sqlite3_libversion());
    return SQLITE_ERROR;
  }
  return guard(
      [&] {
        if (is_loaded(db)) return;
        auto connection = std::make_shared<Connection>(db, kFeatures, bare);
        register_all(connection);
        if (!bare) connection->ready();
      },
      [&](int, const char* message) { *error = sqlite3_mprintf("larder: %s", message); });
}

}  // namespace

}  // namespace larder

LARDER_EXPORT int sqlite3_larder_init(sqlite3* db, char** error, const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  return larder::load(db, error, larder::environment_says_bare());
}

LARDER_EXPORT int sqlite3_larder_bare_init(sqlite3* db, char** error,
                                           const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  return larder::load(db, error, true);
}
