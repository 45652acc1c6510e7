// Entry points (https://sqlite.org/loadext.html). SQLite looks for the generic one first, so that
// the file loads under every name, and then for one whose name it derives from the file's.
//
// Linked statically (-DSQLITE_CORE), all but the generic one go to sqlite3_auto_extension().
#include <cstdio>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "feature_list.h"
#include "os/compiler.h"
#include "os/library.h"
#include "sqlite/boundary.h"
#include "store/connection.h"
#include "store/environment.h"

SQLITE_EXTENSION_INIT1

namespace larder {

namespace {

// 3.35 has RETURNING, but crashes on one into a TEMP table. Before 3.40 a trigger may insert into a
// table that is for top-level SQL only.
constexpr int kOldestSqlite = 3037000, kOldestThatGuards = 3040000;

// The routines of the host's SQLite: a table where Larder was loaded, the functions themselves
// where it was linked. They are asked for by hand where the table is not known to be the right one.
#ifdef SQLITE_CORE
#define ROUTINE(api, name) sqlite3_##name
#else
#define ROUTINE(api, name) (api)->name
#endif

int refuse([[maybe_unused]] const sqlite3_api_routines* api, char** error, int code,
           const char* why) noexcept {
  if (error != nullptr) *error = ROUTINE(api, mprintf)("%s", why);
  return code;
}

// What SQLITE_EXTENSION_INIT2 does, for as long as the result lives. A process may have two SQLite
// libraries, as with Python's sqlite3 and apsw: what one of them has loaded must not call the
// routines of the other. nullptr while connections of another library use Larder. Throws
// std::bad_alloc.
std::shared_ptr<void> take_routines([[maybe_unused]] const sqlite3_api_routines* api) {
#ifdef SQLITE_CORE
  return std::make_shared<char>();
#else
  static std::mutex mutex;
  static std::weak_ptr<void> users;
  const std::lock_guard lock(mutex);
  std::shared_ptr<void> use = users.lock();
  if (use != nullptr) return sqlite3_api == api ? use : nullptr;
  use = std::make_shared<char>();
  users = use;
  if (sqlite3_api != api) sqlite3_api = api;  // only a change may meet what another thread reads
  return use;
#endif
}

// Whether compiling a call of one of Larder's functions finds it. That may read the schema when it
// does not: then a lock is in the way only of what is not there.
bool knows_function(sqlite3* db) {
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v2(db, "SELECT kv_version()", -1, &statement, nullptr);
  sqlite3_finalize(statement);
  if (rc == SQLITE_NOMEM) throw std::bad_alloc();
  // An authorizer that denies it is asked only about what there is.
  constexpr std::string_view kDenied = "not authorized to use function";
  return rc == SQLITE_OK ||
         std::string_view(sqlite3_errmsg(db)).find(kDenied) != std::string_view::npos;
}

// A second load must not register again: it would replace what the first has in memory, and SQLite
// refuses it while a statement runs, such as the SELECT load_extension() itself. The list of
// modules is told without a look at the file, which any SELECT may take, and so without waiting for
// a lock; and it writes nothing into SQLite's log. Only where SQLite does not know this pragma,
// which then has no column, or an authorizer denies it, a call must do.
bool is_loaded(sqlite3* db) {
  try {
    Query modules{Statement(db, "PRAGMA module_list")};
    while (modules.step()) {
      if (modules.text(0) == kHookName) return true;
    }
    if (sqlite3_column_count(modules.get()) > 0) return false;
  } catch (const Error& error) {
    if (error.code() != SQLITE_AUTH) throw;
  }
  return knows_function(db);
}

// Whether SQLite lets no view or trigger call what writes: whoever loaded Larder first decided
// that.
bool keeps_guard(sqlite3* db) {
  Query functions{Statement(db, "PRAGMA function_list")};
  constexpr int kName = 0, kFlags = 5;
  while (functions.step()) {
    if (functions.text(kName) == "kv_sweep")
      return (functions.integer(kFlags) & SQLITE_DIRECTONLY) != 0;
  }
  return false;
}

// sqlite3_open() returns whatever the connection's latest error is when automatic extensions have
// loaded: also one that did not matter, such as a lock in the way of a default.
void forget_error(sqlite3* db) {
  sqlite3_stmt* nothing = nullptr;
  sqlite3_prepare_v2(db, "", -1, &nothing, nullptr);
}

// What an entry point asks for, unless the environment says more: who operates an engine that
// replicates, or a program that opens strangers' files, cannot know how it loads.
Loading loading_for(Loading asked) {
  if (environment_says("LARDER_GUARDED")) asked.is_guarded = true;
  if (environment_says("LARDER_JOIN")) {
    asked.mode = Mode::kJoin;
  } else if (asked.mode == Mode::kReady && environment_says("LARDER_BARE")) {
    asked.mode = Mode::kBare;
  }
  return asked;
}

void load_into(sqlite3* db, std::shared_ptr<void> library, Loading loading) {
  if (loading.is_guarded && sqlite3_libversion_number() < kOldestThatGuards)
    throw Error("guarded needs SQLite 3.40.0 or newer, this is " +
                std::string(sqlite3_libversion()));
  if (is_loaded(db)) {
    if (loading.is_guarded && !keeps_guard(db))
      throw Error("this connection has loaded it before, and not guarded");
    return;
  }
  stay_loaded();
  register_all(std::make_shared<Connection>(std::move(library), db, kFeatures, loading));
}

int load(sqlite3* db, char** error, const sqlite3_api_routines* api, Mode mode,
         bool is_guarded = false) noexcept {
  if (ROUTINE(api, libversion_number)() < kOldestSqlite) {
    char why[100];
    std::snprintf(why, sizeof why, "larder needs SQLite 3.37.0 or newer, this is %s",
                  ROUTINE(api, libversion)());
    return refuse(api, error, SQLITE_ERROR, why);
  }
  return guard(
      [&] {
        auto library = take_routines(api);
        if (library == nullptr) {
          throw Error(
              "another SQLite library of this process has loaded this file, which can serve one; "
              "load a copy of the file here");
        }
        load_into(db, std::move(library), loading_for({mode, is_guarded}));
        forget_error(db);
      },
      [&](int code, const char* message) {
        char why[500];
        std::snprintf(why, sizeof why, "larder: %s", message);
        refuse(api, error, code, why);
      });
}

}  // namespace

}  // namespace larder

LARDER_EXPORT int sqlite3_larder_init(sqlite3* db, char** error, const sqlite3_api_routines* api) {
  return larder::load(db, error, api, larder::Mode::kReady);
}

#ifndef SQLITE_CORE
LARDER_EXPORT int sqlite3_extension_init(sqlite3* db, char** error,
                                         const sqlite3_api_routines* api) {
  return larder::load(db, error, api, larder::Mode::kReady);
}
#endif

LARDER_EXPORT int sqlite3_larder_bare_init(sqlite3* db, char** error,
                                           const sqlite3_api_routines* api) {
  return larder::load(db, error, api, larder::Mode::kBare);
}

LARDER_EXPORT int sqlite3_larder_join_init(sqlite3* db, char** error,
                                           const sqlite3_api_routines* api) {
  return larder::load(db, error, api, larder::Mode::kJoin);
}

LARDER_EXPORT int sqlite3_larder_guarded_init(sqlite3* db, char** error,
                                              const sqlite3_api_routines* api) {
  return larder::load(db, error, api, larder::Mode::kReady, true);
}
