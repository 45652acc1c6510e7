// Migrations in SQL:
//
//   INSERT INTO kv_migration(version, name, up) VALUES (1, 'items', 'CREATE TABLE item(id, name)');
//   SELECT migrate();
//   SELECT migrate_check();
//
// or, with the files of a directory,
//
//   SELECT migrate('migrations/');
//   SELECT migrate_check('migrations/');
#include <algorithm>

#include "feature_list.h"
#include "migration/baseline.h"
#include "migration/migration_check.h"
#include "migration/migration_table.h"
#include "migration/plan.h"
#include "migration/runner.h"
#include "migration/source.h"
#include "migration/user_version.h"
#include "store/caller.h"
#include "store/write_scope.h"

namespace larder {

namespace {

std::int64_t version_of(sqlite3_value* value, const char* what, std::int64_t least = 0) {
  const std::int64_t version = integer_of(value, what);
  if (version >= least) return version;
  throw Error(std::string(what) + " must be " + std::to_string(least) + " or more; got " +
              describe(value));
}

// Runs `body`. When it waits in vain for a lock, most often another process is in a long migration,
// and the error says so. (SQLITE_BUSY_SNAPSHOT has another cause, and its own message.) In a
// transaction of the caller's, which has read the migrations by then, SQLite does not wait.
template <class Body>
auto naming_who_locks(Connection& connection, Body&& body) {
  try {
    return body();
  } catch (const Error& error) {
    if ((error.code() & 0xff) != SQLITE_BUSY || error.code() == SQLITE_BUSY_SNAPSHOT) throw;
    const bool is_inside = sqlite3_get_autocommit(connection.db()) == 0;
    throw Error(error.code(),
                error.message() + "; another process is probably migrating: " +
                    (is_inside ? "inside BEGIN IMMEDIATE the transaction waits for it"
                               : "SELECT kv_busy_timeout(60000) first, to wait for it up to a "
                                 "minute"));
  }
}

// For a call that writes, which a file must not bring about. In a replicated file each machine
// would read its own disk.
Source source_to_run(Connection& connection, sqlite3_value* argument) {
  check_called_by_no_table(connection);
  Source source = read_source(connection, argument);
  if (!connection.schema().is_replicated()) return source;
  if (source.is_declared()) {
    if (!connection.is_guarded()) return source;
    throw Error(
        "what is declared in a replicated file may be anybody's, and a guarded connection runs "
        "nothing from a file");
  }
  throw Error("this file is replicated, and each machine has its own " + source.directory +
              ": declare the migrations, INSERT INTO kv_migration(version, name, up, down)");
}

bool says_any_order(sqlite3_value* value) {
  if (value == nullptr || is_null(value)) return false;
  if (!is_blob(value) && text_of(value) == "any order") return true;
  throw Error("order must be 'any order' or NULL; got " + describe(value));
}

void migrate(Connection& connection, Call& call) {
  std::optional<std::int64_t> target;
  if (call.count() > 1 && !is_null(call[1])) target = version_of(call[1], "target");
  const bool any_order = says_any_order(call.optional(2));
  Source source = source_to_run(connection, call.optional(0));
  source.any_order = source.any_order || any_order;
  call.result(naming_who_locks(connection, [&] { return run_up(connection, source, target); }));
}

void migrate_down(Connection& connection, Call& call) {
  const std::int64_t target = version_of(call[0], "target", -1);  // below version 0
  const Source source = source_to_run(connection, call.optional(1));
  call.result(naming_who_locks(connection, [&] { return run_down(connection, source, target); }));
}

void migrate_check(Connection& connection, Call& call) {
  const Source source = read_source(connection, call.optional(0));
  const auto plan = make_plan(connection, source);
  bool fits = obstacle(plan, source).empty();
  for (const auto& row : plan.rows) fits = fits && row.state == State::kApplied;
  for (const auto& row : plan.repeatables) fits = fits && row.state == State::kApplied;
  call.result(fits);
}

bool says_from(sqlite3_value* value) {
  return sqlite3_value_type(value) == SQLITE_TEXT && text_of(value) == "from";
}

void migrate_baseline(Connection& connection, Call& call) {
  const bool from_other_tool = says_from(call[0]);
  const std::int64_t version = from_other_tool ? 0 : version_of(call[0], "version", -1);
  const Source source = source_to_run(connection, call.optional(1));
  call.result(naming_who_locks(connection, [&] {
    WriteScope scope(connection);
    Transaction whole(connection);
    if (from_other_tool) {
      baseline_from_other_tool(connection, source);
    } else {
      baseline_up_to(connection, source, version);
    }
    const std::int64_t user_version = read_user_version(connection);  // nothing fails after commit
    whole.commit();
    scope.commit();
    return user_version;
  }));
}

// Returns whether the text had changed.
bool repair(Connection& connection, const Source& source, std::int64_t version) {
  WriteScope scope(connection);
  const auto applied = find_applied(connection, version);
  if (!applied) throw Error("migration " + std::to_string(version) + " is not applied");
  const Migrations& all = source.wanted;
  const auto wanted =
      std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.version == version; });
  if (wanted == all.end())
    throw Error("migration " + std::to_string(version) + " is not " + source.where());
  const bool changes = !has_text_of(*applied, *wanted);
  accept_text(connection, *wanted);
  scope.commit();
  return changes;
}

void migrate_repair(Connection& connection, Call& call) {
  const std::int64_t version = version_of(call[0], "version");
  const Source source = source_to_run(connection, call.optional(1));
  call.result(naming_who_locks(connection, [&] { return repair(connection, source, version); }));
}

constexpr Function<Connection> kMigrationFunctions[] = {
    {"migrate", 0, 3, kReachesOut, migrate, "migrate([source [, target [, order]]])",
     "Applies what is pending, all or nothing; returns the resulting user_version."},
    {"migrate_down", 1, 2, kReachesOut, migrate_down, "migrate_down(target [, source])",
     "Runs the down scripts above target, newest first; returns the resulting user_version."},
    {"migrate_check", 0, 1, kReachesOut, migrate_check, "migrate_check([source])",
     "1 when nothing is pending, changed, missing or out of order, else 0."},
    {"migrate_baseline", 1, 2, kReachesOut, migrate_baseline,
     "migrate_baseline(version [, source])",
     "Marks what is up to version, or 'from' another tool, as applied, without running it; returns "
     "user_version."},
    {"migrate_repair", 1, 2, kReachesOut, migrate_repair, "migrate_repair(version [, source])",
     "Accepts the changed text of an applied migration; 1, or 0 if it had not changed."},
};

constexpr TableEntry kMigrationTableEntry = table_entry<MigrationTable>(
    "kv_migration(version, name, state, applied_at, duration, checksum, up, down, source)",
    "INSERT declares, DELETE takes it back; SELECT, also FROM kv_migration(source), shows what is "
    "applied and what is not.");

constexpr const TableEntry* kMigrationTables[] = {&kMigrationTableEntry};

}  // namespace

constinit const Feature kMigrationFeature{
    .name = "migrations",
    .functions = kMigrationFunctions,
    .tables = kMigrationTables,
    .check = check_migrations,
};

}  // namespace larder
