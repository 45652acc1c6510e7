// The rules of the cache.
#include "cache/cache.h"

#include <vector>

#include "store/settings.h"
#include "store/write_scope.h"

namespace larder {

// True when the row's sweep_at is a lower bound of the new deadline ?4 as it is, so that the index
// need not be touched (sql/schema/cache.sql). SQLite decides which indexes an UPDATE writes when it
// is compiled: hence the pairs of statements below, the second of which runs only when the first
// found this false.
#define SWEEP_AT_HOLDS "(sweep_at <= ?4 OR (sweep_at IS NULL AND ?4 IS NULL))"

const char Cache::kGet[] =
    "SELECT value FROM main.larder_cache WHERE key = ?1 AND " LARDER_CACHE_LIVE;

// IS alone takes 1 and 1.0 for the same.
#define SAME_VALUE "value IS ?3 AND typeof(value) = typeof(?3)"

namespace {

constexpr char kEquals[] = R"(
SELECT 1
FROM main.larder_cache
WHERE key = ?1 AND )" SAME_VALUE " AND " LARDER_CACHE_LIVE;

constexpr char kPut[] = R"(
INSERT INTO main.larder_cache(key, value, created_at, expires_at, sweep_at)
VALUES (?1, ?3, ?2, ?4, ?4)
ON CONFLICT(key) DO UPDATE
SET value = excluded.value, created_at = excluded.created_at, expires_at = excluded.expires_at
WHERE )" SWEEP_AT_HOLDS;

constexpr char kPutAndMove[] = R"(
UPDATE main.larder_cache
SET value = ?3, created_at = ?2, expires_at = ?4, sweep_at = ?4
WHERE key = ?1)";

constexpr char kTouch[] = R"(
UPDATE main.larder_cache
SET expires_at = ?4
WHERE key = ?1 AND )" LARDER_CACHE_LIVE " AND " SWEEP_AT_HOLDS;

constexpr char kTouchAndMove[] = R"(
UPDATE main.larder_cache
SET expires_at = ?4, sweep_at = ?4
WHERE key = ?1 AND )" LARDER_CACHE_LIVE;

constexpr char kSetValue[] = R"(
UPDATE main.larder_cache
SET value = ?3
WHERE key = ?1 AND )" LARDER_CACHE_LIVE;

constexpr char kRemove[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1 AND )" LARDER_CACHE_LIVE;

constexpr char kRemoveIfEqual[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1 AND )" SAME_VALUE " AND " LARDER_CACHE_LIVE;

constexpr char kRemoveAny[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1)";

// Oldest first, through the index on sweep_at.
constexpr char kSelectDue[] = R"(
SELECT id, expires_at <= ?2
FROM main.larder_cache
WHERE sweep_at <= ?2
ORDER BY sweep_at
LIMIT ?1)";

constexpr char kSweepDead[] = R"(
DELETE FROM main.larder_cache
WHERE id = ?1 AND )" LARDER_CACHE_DEAD;

constexpr char kSweepRefreshed[] = R"(
UPDATE main.larder_cache
SET sweep_at = expires_at
WHERE id = ?1)";

void bind_value(Query& query, NewValue value) {
  if (const auto* own = std::get_if<sqlite3_value*>(&value)) {
    query.bind(3, *own);
  } else {
    std::visit([&](auto number) { query.bind(3, number); }, std::get<Number>(value));
  }
}

void bind_deadline(Query& query, std::optional<double> deadline) {
  if (deadline) {
    query.bind(4, *deadline);
  } else {
    query.bind_null(4);
  }
}

// A new key pays for two dead ones, so that a cache nobody sweeps stays bounded.
void sweep_for_insert(Connection& connection) {
  bool more = false;
  try {
    sweep_cache(connection, count_setting(connection, kSweepPerInsert), &more);
  } catch (const Error& error) {
    // Somebody's constraint or trigger keeps a dead row in place. That must not fail the set, which
    // is done; kv_sweep() reports it. Anything else is about the file, and the caller's to know.
    if ((error.code() & 0xff) != SQLITE_CONSTRAINT) throw;
  }
}

}  // namespace

bool Cache::has(sqlite3_value* key) {
  return get(key, [](Query&) {});
}

bool Cache::equals(sqlite3_value* key, sqlite3_value* expected) {
  return query(kEquals, key).bind(3, expected).step();
}

std::int64_t Cache::set(sqlite3_value* key, NewValue value, Lifetime lifetime) {
  ++connection_.state<CacheCounters>().sets;
  if (lifetime.is_over()) {
    connection_.query(kRemoveAny).bind_key(1, key).run();
    return 0;
  }
  sqlite3* db = connection_.db();
  const auto deadline = lifetime.end(now_);
  // An INSERT moves last_insert_rowid and its ON CONFLICT UPDATE does not: this tells a new key
  // from an old one.
  sqlite3_set_last_insert_rowid(db, 0);
  Query put = query(kPut, key);
  bind_value(put, value);
  bind_deadline(put, deadline);
  put.run();
  if (const std::int64_t id = sqlite3_last_insert_rowid(db); id != 0) {
    sweep_for_insert(connection_);
    return id;
  }
  if (changed()) return 0;
  Query move = query(kPutAndMove, key);
  bind_value(move, value);
  bind_deadline(move, deadline);
  move.run();
  return 0;
}

void Cache::set_value(sqlite3_value* key, NewValue value) {
  Query set = query(kSetValue, key);
  bind_value(set, value);
  set.run();
}

bool Cache::touch(sqlite3_value* key, Lifetime lifetime) {
  if (lifetime.is_over()) return remove(key);
  const auto deadline = lifetime.end(now_);
  for (const char* sql : {kTouch, kTouchAndMove}) {
    Query touch = query(sql, key);
    bind_deadline(touch, deadline);
    touch.run();
    if (changed()) return true;
  }
  return false;
}

bool Cache::remove(sqlite3_value* key, sqlite3_value* expected) {
  Query remove = query(expected != nullptr ? kRemoveIfEqual : kRemove, key);
  if (expected != nullptr) remove.bind(3, expected);
  remove.run();
  return changed();
}

Lifetime Cache::lifetime(sqlite3_value* ttl) {
  return ttl != nullptr ? lifetime_of(ttl, "ttl") : lifetime_setting(connection_, kDefaultTtl);
}

std::int64_t sweep_cache(Connection& connection, std::int64_t most, bool* more) {
  // Refreshed rows stand between the dead ones; a budget for them too keeps a step short.
  const std::int64_t budget = most < INT64_MAX / 4 ? most * 4 : most;
  const double now = connection.clock().now();
  struct Due {
    std::int64_t id;
    bool dead;
  };
  std::vector<Due> due;
  {
    Query rows = connection.query(kSelectDue);
    rows.bind(1, budget).bind(2, now);
    std::int64_t dead = 0;
    while (dead < most && rows.step()) {
      due.push_back({rows.integer(0), rows.integer(1) != 0});
      if (due.back().dead) ++dead;
    }
  }
  std::int64_t removed = 0;
  bool did_something = false;
  for (const auto& row : due) {
    Query query = connection.query(row.dead ? kSweepDead : kSweepRefreshed);
    query.bind(1, row.id);
    if (row.dead) query.bind(2, now);
    query.run();
    const int changed = sqlite3_changes(connection.db());
    if (row.dead) removed += changed;
    did_something = did_something || changed > 0;
  }
  // A trigger may keep every row as it is: asking again would then never end.
  *more = did_something && (removed >= most || static_cast<std::int64_t>(due.size()) >= budget);
  return removed;
}

}  // namespace larder
