// The kv_migration table.
#include "migration/migration_table.h"

#include <functional>

#include "migration/script.h"
#include "migration/source.h"

namespace larder {

namespace {

enum Column {
  kVersion,
  kTitle,
  kState,
  kAppliedAt,
  kDuration,
  kChecksum,
  kUp,
  kDown,
  kSource,
  kDirectory  // hidden: the argument in kv_migration('migrations/')
};

std::string script_of(sqlite3_value* value, const char* column) {
  if (is_null(value)) throw Error(std::string(column) + " must not be NULL");
  if (is_blob(value)) throw Error(std::string(column) + " must be text; got " + describe(value));
  std::string script(text_of(value));
  if (script.find('\0') != std::string::npos)
    throw Error(std::string(column) + " must not contain a NUL character");
  return script;
}

Migration migration_of(Values columns) {
  for (const int column : {kState, kAppliedAt, kDuration, kChecksum, kSource, kDirectory}) {
    const auto& value = columns[static_cast<std::size_t>(column)];
    if (!is_null(value)) throw Error("only version, name, up and down can be declared");
  }
  Migration migration;
  migration.version = integer_of(columns[kVersion], "version");
  if (migration.version < 1)
    throw Error("version must be 1 or more; got " + describe(columns[kVersion]));
  migration.up.text = script_of(columns[kUp], "up");
  if (!is_null(columns[kTitle])) migration.name = script_of(columns[kTitle], "name");
  if (!is_null(columns[kDown])) migration.down.emplace().text = script_of(columns[kDown], "down");
  return migration;
}

}  // namespace

std::int64_t MigrationTable::update(Values values) {
  if (values.size() == 1 || !is_null(values[0])) throw Error("declarations can only be inserted");
  Migration migration = migration_of(values.subspan(2));
  const std::int64_t version = migration.version;
  const auto applied = find_applied(*connection_, version);
  if (applied && applied->checksum != checksum(migration.up.text)) {
    const std::string title = migration.title();
    declarations().refuse(std::move(migration));
    throw Error("migration " + title + " was applied with other SQL");
  }
  declarations().add(std::move(migration));
  return version;
}

void MigrationTable::best_index(Index& index) {
  if (const auto directory = index.find(kDirectory, SQLITE_INDEX_CONSTRAINT_EQ)) {
    index.hand_over(*directory);
    return index.choose(0, "directory=?", 1000, 100);
  }
  // The directory comes from a table that would be read after this one: only another order will do.
  if (index.is_constrained(kDirectory))
    throw Error(SQLITE_CONSTRAINT, "the directory is not known yet");
  index.choose(0, "declared", 1000, 100);
}

void MigrationTable::Cursor::filter(int, Values arguments) {
  Source source = read_source(connection_, arguments.empty() ? nullptr : arguments[0]);
  directory_ = std::move(source.directory);
  start(make_plan(connection_, source.wanted).rows);
}

// The version; and where several directories are looked through at once (an OR), a number that is
// another in each of them.
std::int64_t MigrationTable::Cursor::rowid() {
  if (directory_.empty()) return row().version;
  const auto version = static_cast<std::uint64_t>(row().version);
  return static_cast<std::int64_t>(std::hash<std::string>()(directory_) + version);
}

void MigrationTable::Cursor::column(sqlite3_context* context, int column) {
  Call result(context, {});
  const PlanRow& plan = row();
  const Migration& migration = plan.migration();
  switch (column) {
    case kVersion:
      return result.result(plan.version);
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
      return result.result(std::string_view(checksum(migration.up.text)));
    case kUp:
      return result.result(std::string_view(migration.up.text));
    case kDown:
      return migration.down ? result.result(std::string_view(migration.down->text))
                            : result.result_null();
    case kSource:
      return result.result(std::string_view(migration.up.file));
    default:
      return directory_.empty() ? result.result_null()
                                : result.result(std::string_view(directory_));
  }
}

}  // namespace larder
