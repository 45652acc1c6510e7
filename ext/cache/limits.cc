// How large the cache may become.
#include "cache/limits.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "cache/eviction.h"
#include "sqlite/key.h"

namespace larder {

namespace {

#define SIZE(row) "(" LARDER_BYTES(row "key") " + " LARDER_BYTES(row "value") ")"

// Always both rows, so that it is known how many changes a trigger makes (kCountingChanges).
#define COUNT(entries, bytes)                                                                  \
  " BEGIN UPDATE larder_meta SET value = value + CASE name WHEN 'cache.entries' THEN " entries \
  " ELSE " bytes " END WHERE name IN ('cache.entries', 'cache.bytes'); END"

// After CREATE TRIGGER and the schema's name: so SQLite keeps them in sqlite_schema.
constexpr const char* kTriggers[] = {
    "larder_cache_count_insert AFTER INSERT ON larder_cache" COUNT("1", SIZE("new.")),
    "larder_cache_count_delete AFTER DELETE ON larder_cache" COUNT("-1", "-" SIZE("old.")),
    "larder_cache_count_update AFTER UPDATE OF key, value ON "
    "larder_cache" COUNT("0", SIZE("new.") " - " SIZE("old."))};

constexpr Sql kDropTriggers[] = {"DROP TRIGGER IF EXISTS main.larder_cache_count_insert",
                                         "DROP TRIGGER IF EXISTS main.larder_cache_count_delete",
                                         "DROP TRIGGER IF EXISTS main.larder_cache_count_update"};

constexpr char kHasTrigger[] = R"(
SELECT 1
FROM main.sqlite_schema
WHERE type = 'trigger' AND sql = 'CREATE TRIGGER ' || ?1)";

constexpr char kCount[] = "SELECT count(*), coalesce(sum(" SIZE("") "), 0) FROM main.larder_cache";

constexpr char kStoreUsage[] = R"(
INSERT INTO main.larder_meta(name, value) VALUES ('cache.entries', ?1), ('cache.bytes', ?2)
ON CONFLICT(name) DO UPDATE SET value = excluded.value)";

constexpr char kSelectUsage[] = R"(
SELECT (SELECT value FROM main.larder_meta WHERE name = 'cache.entries'),
  (SELECT value FROM main.larder_meta WHERE name = 'cache.bytes'))";

constexpr char kRemoveUsage[] = R"(
DELETE FROM main.larder_meta
WHERE name IN ('cache.entries', 'cache.bytes'))";

struct KnownLimits {
  Limits limits;
  bool is_counting = false;                 // the triggers are there, and ours
  std::optional<std::uint64_t> generation;  // of the schema that this was read under
};

Usage count(Connection& connection) {
  Query query = connection.query(kCount);
  query.step();
  return {query.integer(0), query.integer(1)};
}

bool has_triggers(Connection& connection) {
  return std::all_of(std::begin(kTriggers), std::end(kTriggers), [&](std::string_view trigger) {
    return connection.query(kHasTrigger).bind(1, trigger).step();
  });
}

bool is_number(sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

// As LARDER_BYTES counts it.
std::int64_t text_bytes(Connection& connection, sqlite3_value* value) {
  if (is_blob(value) || is_null(value) || connection.schema().is_utf8())
    return sqlite3_value_bytes(value);
  return sqlite3_value_bytes16(value);
}

std::int64_t size_of_key(Connection& connection, sqlite3_value* key) {
  if (!is_number(key)) return text_bytes(connection, key);
  const auto digits = static_cast<std::int64_t>(NumberKey(key).text().size());
  return connection.schema().is_utf8() ? digits : 2 * digits;
}

void drop_triggers(Connection& connection) {
  for (const Sql sql : kDropTriggers) connection.query_once(sql.text()).run();
}

void create_triggers(Connection& connection) {
  for (const char* trigger : kTriggers) {
    const std::string sql = std::string("CREATE TRIGGER main.") + trigger;
    connection.query_once(sql.c_str()).run();
  }
}

std::optional<Usage> stored_usage(Connection& connection) {
  Query usage = connection.query(kSelectUsage);
  if (!usage.step() || usage.is_null(0) || usage.is_null(1)) return std::nullopt;
  return Usage{usage.integer(0), usage.integer(1)};
}

}  // namespace

const Limits& limits_of(Connection& connection) {
  auto& known = connection.state<KnownLimits>();
  if (known.generation == connection.schema().generation()) return known.limits;
  Limits limits;
  limits.max_entries = limit_setting(connection, kMaxEntries);
  limits.max_bytes = limit_setting(connection, kMaxBytes);
  limits.is_fifo = choice_setting(connection, kPolicy) == "fifo";
  known.limits = limits;
  known.is_counting = limits.any() && has_triggers(connection);
  // Reading may have had a look at the schema.
  known.generation = connection.schema().generation();
  return known.limits;
}

Limits limits_if_readable(Connection& connection) {
  try {
    return limits_of(connection);
  } catch (const Error& error) {
    if (error.code() != SQLITE_ERROR) throw;
    return {};
  }
}

Usage usage_of(Connection& connection) {
  limits_of(connection);
  // A copy of the file that was made row by row may have come without triggers, or without counts.
  const bool is_counting = connection.state<KnownLimits>().is_counting;
  const auto usage = is_counting ? stored_usage(connection) : std::nullopt;
  return usage ? *usage : start_counting(connection);
}

Usage start_counting(Connection& connection) {
  const Usage usage = count(connection);
  connection.query(kStoreUsage).bind(1, usage.entries).bind(2, usage.bytes).run();
  if (!has_triggers(connection)) {
    drop_triggers(connection);  // of these names, with another text
    create_triggers(connection);
  }
  connection.state<KnownLimits>().is_counting = true;
  return usage;
}

// The triggers are made anew also when they were there, and when none is wanted: that changes the
// schema, and so shows every connection that there is something to read again.
void apply_limits(Connection& connection, const Setting& setting) {
  if (&setting != &kMaxEntries && &setting != &kMaxBytes && &setting != &kPolicy) return;
  connection.schema().forget();
  drop_triggers(connection);
  create_triggers(connection);
  if (limits_of(connection).any()) {
    start_counting(connection);
    make_room(connection);
  } else {
    drop_triggers(connection);
    connection.query(kRemoveUsage).run();
  }
}

void check_usage(Connection& connection, std::vector<Finding>& findings) {
  if (!limits_if_readable(connection).any()) return;
  const Usage real = count(connection);
  const auto stored = stored_usage(connection);
  if (stored && stored->entries == real.entries && stored->bytes == real.bytes &&
      has_triggers(connection))
    return;
  findings.push_back({"cache", Finding::Status::kError,
                      "the counts for its limits are wrong; setting a limit again mends that"});
}

std::int64_t row_bytes(Connection& connection, sqlite3_value* key, const NewValue* value) {
  constexpr std::int64_t kNumber = 8;
  const std::int64_t bytes = size_of_key(connection, key);
  if (value == nullptr) return bytes;
  const auto* own = std::get_if<sqlite3_value*>(value);
  return bytes + (own != nullptr && !is_number(*own) ? text_bytes(connection, *own) : kNumber);
}

void check_fits(Connection& connection, std::int64_t bytes) {
  const auto& most = limits_of(connection).max_bytes;
  if (!most || bytes <= *most) return;
  throw Error("key and value are " + std::to_string(bytes) + " bytes, and cache.max_bytes is " +
              std::to_string(*most));
}

}  // namespace larder
