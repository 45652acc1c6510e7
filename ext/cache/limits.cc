// How large the cache may become.
#include "cache/limits.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <string>

#include "cache/eviction.h"
#include "sqlite/key.h"
#include "sqlite/program.h"
#include "store/meta.h"

namespace larder {

namespace {

constexpr std::string_view kPolicies[] = {"lru", "fifo"};

// Counts an event. Always both rows, so that it is known how many changes a trigger makes
// (kCountingChanges).
consteval auto count_event(const auto& entries, const auto& bytes) {
  return sql(
      " BEGIN UPDATE larder_meta SET value = value + CASE name WHEN 'cache.entries' THEN {} "
      "ELSE {} END WHERE name IN ('cache.entries', 'cache.bytes'); END",
      entries, bytes);
}

constexpr auto kNewBytes = sql("({})", entry_bytes("new."));
constexpr auto kOldBytes = sql("({})", entry_bytes("old."));

// As SQLite keeps them in sqlite_schema, but for what stands before the name.
constexpr auto kCountInsert =
    sql("larder_cache_count_insert AFTER INSERT ON larder_cache{}", count_event("1", kNewBytes));
constexpr auto kCountDelete = sql("larder_cache_count_delete AFTER DELETE ON larder_cache{}",
                                  count_event("-1", sql("-{}", kOldBytes)));
constexpr auto kCountUpdate =
    sql("larder_cache_count_update AFTER UPDATE OF key, value ON larder_cache{}",
        count_event("0", sql("{} - {}", kNewBytes, kOldBytes)));
constexpr Sql kTriggers[] = {kCountInsert, kCountDelete, kCountUpdate};

constexpr auto kCreateCountInsert = sql("CREATE TRIGGER main.{}", kCountInsert);
constexpr auto kCreateCountDelete = sql("CREATE TRIGGER main.{}", kCountDelete);
constexpr auto kCreateCountUpdate = sql("CREATE TRIGGER main.{}", kCountUpdate);
constexpr Sql kCreateTriggers[] = {kCreateCountInsert, kCreateCountDelete, kCreateCountUpdate};

constexpr Sql kDropTriggers[] = {"DROP TRIGGER IF EXISTS main.larder_cache_count_insert",
                                 "DROP TRIGGER IF EXISTS main.larder_cache_count_delete",
                                 "DROP TRIGGER IF EXISTS main.larder_cache_count_update"};

constexpr char kHasTrigger[] = R"(
SELECT 1
FROM main.sqlite_schema
WHERE type = 'trigger' AND sql = 'CREATE TRIGGER ' || ?1)";

constexpr auto kCountEntries = sql(R"(
SELECT count(*), coalesce(sum({}), 0)
FROM main.larder_cache)",
                                   entry_bytes(""));

constexpr auto kSelectUsage =
    sql("SELECT {}, {}", meta_value("cache.entries"), meta_value("cache.bytes"));

struct KnownLimits {
  Limits limits;
  bool is_counting = false;                 // the triggers are there, and ours
  std::optional<std::uint64_t> generation;  // of the schema that this was read under
};

Usage count(Connection& connection) {
  Query query = connection.query(kCountEntries);
  query.step();
  return {query.integer(0), query.integer(1)};
}

bool has_triggers(Connection& connection) {
  return std::all_of(std::begin(kTriggers), std::end(kTriggers), [&](const Sql& trigger) {
    return connection.query(kHasTrigger).bind(1, std::string_view(trigger.text())).step();
  });
}

bool is_number(sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

// As stored_bytes() counts it.
std::int64_t text_bytes(Connection& connection, sqlite3_value* value) {
  if (is_blob(value) || is_null(value) || connection.schema().is_utf8())
    return sqlite3_value_bytes(value);
  // By itself sqlite3_value_bytes16() does not convert a text whose bytes somebody has asked for.
  if (sqlite3_value_text16(value) == nullptr) throw std::bad_alloc();
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
  for (const Sql sql : kCreateTriggers) {
    check_not_emptied(connection.db(), sql.text());
    connection.query_once(sql.text()).run();
  }
}

// Of entries or bytes. No file has room for more (https://sqlite.org/limits.html).
bool can_be_counted(std::int64_t number) { return number >= 0 && number < std::int64_t{1} << 48; }

// Nothing when they cannot be right: then they are counted anew.
std::optional<Usage> stored_usage(Connection& connection) {
  Query row = connection.query(kSelectUsage);
  if (!row.step() || row.is_null(0) || row.is_null(1)) return std::nullopt;
  const Usage usage{row.integer(0), row.integer(1)};
  if (!can_be_counted(usage.entries) || !can_be_counted(usage.bytes)) return std::nullopt;
  return usage;
}

// For a limit that has just been set. The triggers are made anew also when they were there, and
// when none is wanted: that changes the schema, and so shows every connection that there is
// something to read again.
void apply_limits(Connection& connection) {
  connection.schema().forget();
  drop_triggers(connection);
  create_triggers(connection);
  if (limits_of(connection).any()) {
    start_counting(connection);
    make_room(connection);
  } else {
    drop_triggers(connection);
    forget_meta(connection, "cache.entries");
    forget_meta(connection, "cache.bytes");
  }
}

}  // namespace

constinit const Setting kMaxBytes{"cache.max_bytes", Setting::Kind::kLimit, 0, {}, apply_limits};
constinit const Setting kMaxEntries{
    "cache.max_entries", Setting::Kind::kLimit, 0, {}, apply_limits};
constinit const Setting kPolicy{"cache.policy", Setting::Kind::kChoice, 0, kPolicies, apply_limits};

const Limits& limits_of(Connection& connection) {
  auto& known = connection.state<KnownLimits>();
  if (known.generation == connection.schema().generation()) return known.limits;
  Limits limits;
  limits.max_entries = limit_setting(connection, kMaxEntries);
  limits.max_bytes = limit_setting(connection, kMaxBytes);
  limits.policy = choice_setting(connection, kPolicy) == "fifo" ? Policy::kFifo : Policy::kLru;
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
  store_meta(connection, "cache.entries", usage.entries);
  store_meta(connection, "cache.bytes", usage.bytes);
  if (!has_triggers(connection)) {
    drop_triggers(connection);  // of these names, with another text
    create_triggers(connection);
  }
  connection.state<KnownLimits>().is_counting = true;
  return usage;
}

void check_usage(Connection& connection, Findings& findings) {
  if (!limits_if_readable(connection).any()) return;
  const Usage real = count(connection);
  const auto stored = stored_usage(connection);
  if (stored && stored->entries == real.entries && stored->bytes == real.bytes &&
      has_triggers(connection))
    return;
  findings.push_back({"cache", Finding::Status::kError,
                      "the counts for its limits are wrong; setting a limit again mends that"});
}

std::int64_t row_bytes(Connection& connection, sqlite3_value* key, const NewValue& value) {
  constexpr std::int64_t kNumber = 8;
  const std::int64_t bytes = size_of_key(connection, key);
  const auto* own = std::get_if<sqlite3_value*>(&value);
  return bytes + (own != nullptr && !is_number(*own) ? text_bytes(connection, *own) : kNumber);
}

void check_fits(Connection& connection, std::int64_t bytes) {
  const auto& most = limits_of(connection).max_bytes;
  if (!most || bytes <= *most) return;
  throw Error("key and value are " + std::to_string(bytes) + " bytes, and cache.max_bytes is " +
              std::to_string(*most));
}

}  // namespace larder
