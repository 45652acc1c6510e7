// Migrations in SQL:
//
//   INSERT INTO kv_migration(version, name, up) VALUES (1, 'items', 'CREATE TABLE item(id, name)');
//   SELECT migrate();
//   SELECT migrate_check();
#include <algorithm>

#include "feature_list.h"
#include "migration/declarations.h"
#include "migration/migration_table.h"
#include "migration/runner.h"
#include "migration/script.h"
#include "migration/work.h"
#include "store/write_scope.h"

namespace larder {

namespace {

std::int64_t version_of(sqlite3_value* value, const char* what) {
  const std::int64_t version = integer_of(value, what);
  if (version < 0) throw Error(std::string(what) + " must be 0 or more; got " + describe(value));
  return version;
}

Migrations declared(Connection& connection) { return connection.state<Declarations>().all(); }

// What the source of a call wants: what was declared, unless it names one.
Migrations source_of(Connection& connection, sqlite3_value* source) {
  if (source != nullptr && !is_null(source)) {
    throw Error("source must be NULL, for what was declared; directories are not supported yet");
  }
  return declared(connection);
}

void migrate(Connection& connection, Call& call) {
  const Migrations wanted = source_of(connection, call.optional(0));
  std::optional<std::int64_t> target;
  if (call.count() > 1 && !is_null(call[1])) target = version_of(call[1], "target");
  call.result(run_up(connection, wanted, target));
}

void migrate_down(Connection& connection, Call& call) {
  call.result(run_down(connection, declared(connection), version_of(call[0], "target")));
}

void migrate_check(Connection& connection, Call& call) {
  const Migrations wanted = source_of(connection, call.optional(0));
  const auto plan = make_plan(connection, wanted);
  bool fits = obstacle(plan, wanted).empty();
  for (const auto& row : plan.rows) fits = fits && row.state == State::kApplied;
  call.result(fits);
}

void migrate_baseline(Connection& connection, Call& call) {
  const std::int64_t version = version_of(call[0], "version");
  WriteScope scope(connection);
  Transaction whole(connection);
  bool any = false;
  const Plan plan = make_plan(connection, declared(connection));
  for (const auto& row : plan.rows) {
    // A database that came with a user_version keeps what that says.
    if (row.adopted) record_applied(connection, *row.wanted, std::nullopt);
    if (row.version > version || !row.wanted) continue;
    any = true;
    if (!row.applied && !row.adopted) record_applied(connection, *row.wanted, std::nullopt);
  }
  if (!any) throw Error("no migration up to " + std::to_string(version) + " is declared");
  remember_adopted(connection, plan.adopted);
  write_user_version(connection);
  whole.commit();
  scope.commit();
  call.result(read_user_version(connection));
}

void migrate_repair(Connection& connection, Call& call) {
  const std::int64_t version = version_of(call[0], "version");
  WriteScope scope(connection);
  const auto applied = find_applied(connection, version);
  if (!applied) throw Error("migration " + std::to_string(version) + " is not applied");
  const Migrations all = declared(connection);
  const auto wanted =
      std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.version == version; });
  if (wanted == all.end()) throw Error("migration " + std::to_string(version) + " is not declared");
  const bool changes = applied->checksum != checksum(wanted->up);
  accept_text(connection, *wanted);
  scope.commit();
  call.result(changes);
}

constexpr Function<Connection> kFunctions[] = {
    {"migrate", 0, 2, SQLITE_DIRECTONLY, migrate, "migrate([source [, target]])",
     "Applies what is pending, all or nothing; returns the resulting user_version."},
    {"migrate_down", 1, 1, SQLITE_DIRECTONLY, migrate_down, "migrate_down(target)",
     "Runs the down scripts above target, newest first; returns the resulting user_version."},
    {"migrate_check", 0, 1, SQLITE_DIRECTONLY, migrate_check, "migrate_check([source])",
     "1 when nothing is pending, changed, missing or out of order, else 0."},
    {"migrate_baseline", 1, 1, SQLITE_DIRECTONLY, migrate_baseline, "migrate_baseline(version)",
     "Marks what is declared up to version as applied, without running it; returns the resulting "
     "user_version."},
    {"migrate_repair", 1, 1, SQLITE_DIRECTONLY, migrate_repair, "migrate_repair(version)",
     "Accepts the changed text of an applied migration; 1, or 0 if it had not changed."},
};

constexpr TableEntry kTables[] = {
    table_entry<MigrationTable>(
        "kv_migration(version, name, state, applied_at, duration, checksum, up, down, source)",
        "INSERT declares a migration; SELECT shows what is applied, pending, changed or missing."),
};

}  // namespace

constinit const Feature kMigrationFeature{kFunctions, kTables};

}  // namespace larder
