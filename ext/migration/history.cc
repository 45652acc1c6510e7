// What was applied, and how that compares with what is wanted.
#include "migration/history.h"

#include <algorithm>
#include <map>

#include "migration/script.h"
#include "store/meta.h"

namespace larder {

namespace {

constexpr std::int64_t kLargestUserVersion = 0x7fffffff;

#define SELECT_APPLIED                                                           \
  "SELECT version, name, up, down, source, checksum, applied_at, duration FROM " \
  "main.larder_migration"

// Member by member: GCC 12 frees the first strings of a braced list twice when a later one throws.
Applied read_applied(const Query& row) {
  Applied applied;
  Migration& migration = applied.migration;
  migration.version = row.integer(0);
  migration.name = row.text(1);
  migration.up.text = row.text(2);
  migration.up.file = row.text(4);
  if (!row.is_null(3)) migration.down.emplace().text = row.text(3);
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

// A trigger on the table may keep the row from changing, and the next look would find the same work
// to do again, for ever.
void check_recorded(Connection& connection) {
  if (sqlite3_changes(connection.db()) == 0)
    throw Error("larder_migration did not take the change: is there a trigger on it?");
}

std::map<std::int64_t, Applied> read_history(Connection& connection) {
  static constexpr char kSelect[] = SELECT_APPLIED " ORDER BY version";
  std::map<std::int64_t, Applied> history;
  if (!connection.schema().has("larder_migration")) return history;
  Query rows = connection.query(kSelect);
  while (rows.step()) {
    Applied applied = read_applied(rows);
    const std::int64_t version = applied.migration.version;
    history.emplace(version, std::move(applied));
  }
  return history;
}

// Kept beside the settings; kv_config() does not know it.
constexpr std::string_view kAdopted = "migration.adopted";

std::int64_t read_adopted(Connection& connection) {
  std::int64_t version = 0;
  with_meta(connection, kAdopted,
            [&](sqlite3_value* value) { version = sqlite3_value_int64(value); });
  return version;
}

// Up to here the database came migrated. Without a history, its user_version says so.
std::int64_t adopted_version(Connection& connection, bool is_without_history) {
  return is_without_history ? read_user_version(connection) : read_adopted(connection);
}

bool has_history(Connection& connection) {
  return connection.schema().has("larder_migration") &&
         connection.query("SELECT 1 FROM main.larder_migration").step();
}

}  // namespace

bool has_text_of(const Applied& applied, const Migration& migration) {
  return applied.checksum == checksum(migration.up.text);
}

const char* name_of(State state) {
  switch (state) {
    case State::kApplied:
      return "applied";
    case State::kPending:
      return "pending";
    case State::kChanged:
      return "changed";
    case State::kMissing:
      return "missing";
    case State::kOutOfOrder:
      return "out of order";
  }
  return "";
}

Plan make_plan(Connection& connection, const Migrations& wanted) {
  auto history = read_history(connection);
  Plan plan;
  plan.adopted = adopted_version(connection, history.empty());
  plan.newest = history.empty() ? plan.adopted : std::max(plan.adopted, history.rbegin()->first);
  for (const auto& migration : wanted) {
    PlanRow row{migration.version, State::kPending, migration, std::nullopt};
    if (const auto found = history.find(migration.version); found != history.end()) {
      row.state = has_text_of(found->second, migration) ? State::kApplied : State::kChanged;
      row.applied = std::move(found->second);
      history.erase(found);
    } else if (migration.version <= plan.adopted) {
      row.state = State::kApplied;
      row.adopted = true;
    } else if (migration.version < plan.newest) {
      row.state = State::kOutOfOrder;
    }
    plan.rows.push_back(std::move(row));
  }
  for (auto& [version, applied] : history) {
    plan.rows.push_back({version, wanted.empty() ? State::kApplied : State::kMissing, std::nullopt,
                         std::move(applied)});
  }
  std::sort(plan.rows.begin(), plan.rows.end(),
            [](const auto& a, const auto& b) { return a.version < b.version; });
  return plan;
}

std::optional<Applied> find_applied(Connection& connection, std::int64_t version) {
  static constexpr char kSelect[] = SELECT_APPLIED " WHERE version = ?1";
  if (!connection.schema().has("larder_migration")) return std::nullopt;
  Query row = connection.query(kSelect);
  if (!row.bind(1, version).step()) return std::nullopt;
  return read_applied(row);
}

bool is_applied(Connection& connection, const Migration& migration) {
  if (const auto applied = find_applied(connection, migration.version))
    return has_text_of(*applied, migration);
  return migration.version <= adopted_version(connection, !has_history(connection));
}

void record_applied(Connection& connection, const Migration& migration,
                    std::optional<double> duration) {
  static constexpr char kInsert[] = R"(
INSERT INTO main.larder_migration(version, name, up, down, checksum, source, applied_at, duration)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
  const std::string sum = checksum(migration.up.text);
  Query insert = connection.query(kInsert);
  insert.bind(1, migration.version)
      .bind(2, std::string_view(migration.name))
      .bind(3, std::string_view(migration.up.text));
  bind_down(insert, migration);
  insert.bind(5, std::string_view(sum)).bind(6, std::string_view(migration.up.file));
  insert.bind(7, connection.clock().now())
      .bind(8, duration ? std::optional(round_to_milliseconds(*duration)) : std::nullopt)
      .run();
  check_recorded(connection);
}

void forget_applied(Connection& connection, std::int64_t version) {
  static constexpr char kDelete[] = "DELETE FROM main.larder_migration WHERE version = ?1";
  connection.query(kDelete).bind(1, version).run();
  check_recorded(connection);
}

void accept_text(Connection& connection, const Migration& migration) {
  static constexpr char kUpdate[] = R"(
UPDATE main.larder_migration
SET name = ?2, up = ?3, down = coalesce(?4, down), checksum = ?5, source = ?6
WHERE version = ?1)";
  const std::string sum = checksum(migration.up.text);
  Query update = connection.query(kUpdate);
  update.bind(1, migration.version)
      .bind(2, std::string_view(migration.name))
      .bind(3, std::string_view(migration.up.text));
  bind_down(update, migration);
  update.bind(5, std::string_view(sum)).bind(6, std::string_view(migration.up.file));
  update.run();
}

std::int64_t read_user_version(Connection& connection) {
  Query query = connection.query("PRAGMA main.user_version");
  return query.step() ? query.integer(0) : 0;
}

void remember_adopted(Connection& connection, std::int64_t version) {
  if (version != read_adopted(connection)) store_meta(connection, kAdopted, version);
}

std::int64_t expected_user_version(Connection& connection) {
  static constexpr char kHighest[] =
      "SELECT coalesce(max(version), 0), count(*) FROM main.larder_migration";
  Query query = connection.query(kHighest);
  query.step();
  const bool fits = query.integer(0) <= kLargestUserVersion;
  return std::max(query.integer(fits ? 0 : 1), read_adopted(connection));
}

void write_user_version(Connection& connection) {
  const std::int64_t version = expected_user_version(connection);
  // A pragma takes no parameter; this is a number of ours.
  connection.query_once(("PRAGMA main.user_version = " + std::to_string(version)).c_str()).run();
}

}  // namespace larder
