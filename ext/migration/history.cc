// What was applied: the table larder_migration.
#include "migration/history.h"

#include <utility>

#include "store/write_scope.h"

namespace larder {

namespace {

// Its rows are read by read_applied().
constexpr char kSelectApplied[] = R"(
SELECT version, name, up, down, source, checksum, applied_at, duration
FROM main.larder_migration)";

// Member by member: GCC 12 frees the first strings of a braced list twice when a later one throws.
Applied read_applied(const Query& row) {
  Applied applied;
  Migration& migration = applied.migration;
  migration.version = row.integer(0);
  migration.name = row.text(1);
  migration.up = make_script(row.text(2), row.text(4));
  if (!row.is_null(3)) migration.down = make_script(row.text(3));
  applied.checksum = row.text(5);
  applied.applied_at = row.real(6);
  if (!row.is_null(7)) applied.duration = row.real(7);
  return applied;
}

void bind_down(Query& query, const Migration& migration) {
  if (migration.down) {
    query.bind(4, std::string_view(migration.down->text));
  } else {
    query.bind_null(4);
  }
}

}  // namespace

bool has_text_of(const Applied& applied, const Migration& migration) {
  return applied.checksum == checksum(migration.up);
}

std::map<std::int64_t, Applied> read_history(Connection& connection) {
  std::map<std::int64_t, Applied> history;
  if (!connection.schema().has("larder_migration")) return history;
  Query rows = connection.query(kSelectApplied);
  while (rows.step()) {
    Applied applied = read_applied(rows);
    const std::int64_t version = applied.migration.version;
    history.emplace(version, std::move(applied));
  }
  return history;
}

std::optional<Applied> find_applied(Connection& connection, std::int64_t version) {
  static constexpr auto kSelectOne = sql("{} WHERE version = ?1", kSelectApplied);
  if (!connection.schema().has("larder_migration")) return std::nullopt;
  Query row = connection.query(kSelectOne);
  if (!row.bind(1, version).step()) return std::nullopt;
  return read_applied(row);
}

bool has_history(Connection& connection) {
  return connection.schema().has("larder_migration") &&
         connection.query("SELECT 1 FROM main.larder_migration").step();
}

void record_applied(Connection& connection, const Migration& migration,
                    std::optional<double> duration) {
  static constexpr char kInsert[] = R"(
INSERT INTO main.larder_migration(version, name, up, down, checksum, source, applied_at, duration)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
  const std::string sum = checksum(migration.up);
  Query insert = connection.query(kInsert);
  insert.bind(1, migration.version)
      .bind(2, std::string_view(migration.name))
      .bind(3, std::string_view(migration.up.text));
  bind_down(insert, migration);
  insert.bind(5, std::string_view(sum)).bind(6, std::string_view(migration.up.file));
  if (connection.schema().is_replicated()) duration.reset();  // another one on each machine
  insert.bind(7, connection.clock().now())
      .bind(8, duration ? std::optional(round_to_milliseconds(*duration)) : std::nullopt)
      .run();
  check_written(connection, "larder_migration");
}

void forget_applied(Connection& connection, std::int64_t version) {
  static constexpr char kDelete[] = "DELETE FROM main.larder_migration WHERE version = ?1";
  connection.query(kDelete).bind(1, version).run();
  check_written(connection, "larder_migration");
}

void accept_text(Connection& connection, const Migration& migration) {
  static constexpr char kUpdate[] = R"(
UPDATE main.larder_migration
SET name = ?2, up = ?3, down = coalesce(?4, down), checksum = ?5, source = ?6
WHERE version = ?1)";
  const std::string sum = checksum(migration.up);
  Query update = connection.query(kUpdate);
  update.bind(1, migration.version)
      .bind(2, std::string_view(migration.name))
      .bind(3, std::string_view(migration.up.text));
  bind_down(update, migration);
  update.bind(5, std::string_view(sum)).bind(6, std::string_view(migration.up.file));
  update.run();
}

}  // namespace larder
