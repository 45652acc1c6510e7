// The kv_migration table.
#include "migration/migration_table.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "migration/declared.h"
#include "migration/source.h"

namespace larder {

namespace {

std::string text_to_declare(sqlite3_value* value, const char* column) {
  if (is_null(value)) throw Error(std::string(column) + " must not be NULL");
  if (is_blob(value)) throw Error(std::string(column) + " must be text; got " + describe(value));
  std::string text(text_of(value));
  if (text.find('\0') != std::string::npos)
    throw Error(std::string(column) + " must not contain a NUL character");
  return text;
}

}  // namespace

Migration MigrationTable::declared(Values columns) {
  for (const int column : {kState, kAppliedAt, kDuration, kChecksum, kSource, kDirectory}) {
    const auto& value = columns[static_cast<std::size_t>(column)];
    if (!is_null(value)) throw Error("only version, name, up and down can be declared");
  }
  Migration migration;
  migration.version = integer_of(columns[kVersion], "version");
  if (migration.version < 0)
    throw Error("version must be 0 or more; got " + describe(columns[kVersion]));
  migration.up = make_script(text_to_declare(columns[kUp], "up"));
  if (!is_null(columns[kTitle])) migration.name = text_to_declare(columns[kTitle], "name");
  if (!is_null(columns[kDown]))
    migration.down = make_script(text_to_declare(columns[kDown], "down"));
  return migration;
}

std::int64_t MigrationTable::update(Values values) {
  const bool is_delete = values.size() == 1;
  if (is_delete) {
    take_back(sqlite3_value_int64(values[0]));
    return 0;
  }
  if (!is_null(values[0])) throw Error("a declaration cannot be updated; insert it again");
  Migration migration = declared(values.subspan(2));
  const std::int64_t version = migration.version;
  Declared(*connection_).add(std::move(migration));
  return version;
}

// DELETE undoes nothing. So it refuses a migration that is applied as it is declared: the row would
// not go, as the history still has it.
void MigrationTable::take_back(std::int64_t version) {
  Declared all(*connection_);
  const auto declared = all.find(version);
  if (!declared) throw Error("only what is declared on this connection can be deleted");
  if (is_applied(*connection_, *declared)) {
    throw Error("migration " + declared->title() +
                " is applied; DELETE only takes a declaration back, migrate_down() undoes");
  }
  all.remove(version);
}

void MigrationTable::best_index(Index& index) {
  if (const auto directory = index.find(kDirectory, SQLITE_INDEX_CONSTRAINT_EQ)) {
    index.hand_over(*directory);
    return index.choose(0, "directory=?", 1000, 100);
  }
  // The directory comes from a table that is read after this one. SQLite has to try another order.
  if (index.is_constrained(kDirectory))
    throw Error(SQLITE_CONSTRAINT, "the directory is not known yet");
  // What was declared stands for no directory. At this cost SQLite never takes it for an OR over
  // directories, which it would then filter.
  index.choose(0, "declared", 1e9, 100);
}

void MigrationTable::Cursor::filter(int, Values arguments) {
  start({});  // its rows point into the source
  source_ = read_source(connection_, arguments.empty() ? nullptr : arguments[0]);
  Plan plan = make_plan(connection_, source_);
  std::move(plan.repeatables.begin(), plan.repeatables.end(), std::back_inserter(plan.rows));
  start(std::move(plan.rows));
}

// What was declared has its version as rowid. A migration in a directory has a negative number that
// depends on the directory and its place there, so that an OR over several directories shows all of
// them once, and DELETE takes none for a declaration.
std::int64_t MigrationTable::Cursor::rowid() {
  if (source_.is_declared()) return row().version;
  constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  const auto place = static_cast<std::uint64_t>(ListCursor::rowid());
  return static_cast<std::int64_t>((std::hash<std::string>()(source_.directory) + place) | kSign);
}

void MigrationTable::Cursor::column(sqlite3_context* context, int column) {
  Call result(context, {});
  const PlanRow& plan = row();
  const Migration& migration = plan.migration();
  switch (column) {
    case kVersion:
      return migration.is_repeatable ? result.result_null() : result.result(plan.version);
    case kTitle:
      return result.result(std::string_view(migration.name));
    case kState:
      return result.result(std::string_view(name_of(plan.state)));
    case kAppliedAt:
      return plan.applied ? result.result(plan.applied->applied_at) : result.result_null();
    case kDuration:
      return plan.applied && plan.applied->duration ? result.result(*plan.applied->duration)
                                                    : result.result_null();
    case kChecksum:
      return result.result(std::string_view(checksum(migration.up)));
    case kUp:
      return result.result(std::string_view(migration.up.text));
    case kDown:
      return migration.down ? result.result(std::string_view(migration.down->text))
                            : result.result_null();
    case kSource:
      return result.result(std::string_view(migration.up.file));
    default:
      return source_.is_declared() ? result.result_null()
                                   : result.result(std::string_view(source_.directory));
  }
}

}  // namespace larder
