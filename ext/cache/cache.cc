// The rules of the cache.
#include "cache/cache.h"

#include "cache/eviction.h"
#include "cache/limits.h"
#include "cache/recency.h"
#include "cache/sweep.h"
#include "store/settings.h"

namespace larder {

// True when the row's sweep_at is a lower bound of the new deadline ?4 as it is, so that the index
// need not be touched (sql/schema/cache.sql). SQLite decides which indexes an UPDATE writes when it
// is compiled: hence the pairs of statements below, the second of which runs only when the first
// found this false. The sweep_at of a placeholder would be a bound, too, and a needless one.
#define SWEEP_AT_HOLDS "(sweep_at <= ?4 AND sweep_at > -9e999 OR (sweep_at IS NULL AND ?4 IS NULL))"

// IS alone takes 1 and 1.0 for the same.
#define SAME_VALUE "value IS ?3 AND typeof(value) = typeof(?3)"

namespace {

constexpr char kEquals[] = R"(
SELECT 1
FROM main.larder_cache
WHERE key = ?1 AND )" SAME_VALUE " AND " LARDER_CACHE_LIVE;

// What kPut does to a row that is there; cheaper than finding that out by inserting. What ends in
// Live leaves a dead row alone.
#define OVERWRITE                                                                 \
  "UPDATE main.larder_cache "                                                     \
  "SET value = ?3, created_at = ?2, expires_at = ?4, claimed_until = NULL WHERE " \
  "key = ?1 AND " SWEEP_AT_HOLDS
constexpr char kOverwrite[] = OVERWRITE;
constexpr char kOverwriteLive[] = OVERWRITE " AND " LARDER_CACHE_LIVE;

#define UPSERT                                                                   \
  "INSERT INTO main.larder_cache(key, value, created_at, expires_at, sweep_at) " \
  "VALUES (?1, ?3, ?2, ?4, ?4) "                                                 \
  "ON CONFLICT(key) DO UPDATE "                                                  \
  "SET value = excluded.value, created_at = excluded.created_at, "               \
  "expires_at = excluded.expires_at, claimed_until = NULL"
constexpr char kPut[] = UPSERT " WHERE " SWEEP_AT_HOLDS;
constexpr char kPutLive[] = UPSERT " WHERE " SWEEP_AT_HOLDS " AND " LARDER_CACHE_LIVE;
constexpr char kPutAndMove[] = UPSERT ", sweep_at = excluded.sweep_at";
constexpr char kAdd[] = UPSERT ", sweep_at = excluded.sweep_at WHERE " LARDER_CACHE_DEAD;

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
SET value = ?3, claimed_until = NULL
WHERE key = ?1 AND )" LARDER_CACHE_LIVE;

constexpr char kClaim[] = R"(
INSERT INTO main.larder_cache(key, created_at, expires_at, sweep_at, claimed_until)
VALUES (?1, ?2, -9e999, -9e999, ?3)
ON CONFLICT(key) DO UPDATE SET claimed_until = excluded.claimed_until
WHERE )" LARDER_CACHE_UNCLAIMED;

constexpr char kRemove[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1 AND )" LARDER_CACHE_LIVE;

constexpr char kRemoveIfEqual[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1 AND )" SAME_VALUE " AND " LARDER_CACHE_LIVE;

constexpr char kRemoveDead[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1 AND )" LARDER_CACHE_DEAD;

constexpr char kRemoveAny[] = R"(
DELETE FROM main.larder_cache
WHERE key = ?1)";

// Keys are stored for the first time or refreshed in rows of the same kind: the latest tells what
// to try first.
struct SetHistory {
  bool latest_was_new = true;
};

void bind_value(Query& query, NewValue value) {
  if (const auto* own = std::get_if<sqlite3_value*>(&value)) {
    query.bind_borrowed(3, *own);
  } else {
    std::visit([&](auto number) { query.bind(3, number); }, std::get<Number>(value));
  }
}

}  // namespace

bool Cache::has(sqlite3_value* key) {
  return get(key, [](Query&) {});
}

bool Cache::get_hot(sqlite3_value* key, Call* answer) {
  const HotKey hot_key(connection_.db(), 'c', key);
  HotLookup hot(connection_, hot_key);
  if (const HotRow* row = hot.row()) {
    if (row->is_nothing() || is_dead(row->deadline())) return false;
    if (answer != nullptr) row->give(*answer);
    return true;
  }
  if (!exists()) return false;
  Query row = connection_.query(kGet);
  if (!row.bind_key(1, key).step()) {
    if (row.is_kept()) hot.found_nothing();
    return false;
  }
  const auto deadline = row.optional_real(1);
  sqlite3_value* value = row.value(0);
  if (row.is_kept()) hot.found(value, deadline);
  if (is_dead(deadline)) return false;
  if (answer != nullptr) answer->result(value);
  return true;
}

// A statement that was compiled just now has seen a schema that may be newer than what is known of
// the limits. What they say now, an error included, is to come before the change.
void Cache::look_before(const Query& query) {
  if (!query.is_new()) return;
  connection_.schema().doubt();
  if (limits_of(connection_).use_order() && is_alone_) throw Schema::stale();
  if (!is_alone_) met_new_schema_ = true;
}

bool Cache::run(Query& query, Counting counting) {
  look_before(query);
  query.run();
  const int changed = sqlite3_changes(connection_.db());
  if (query.was_recompiled()) {
    connection_.schema().forget();
    met_new_schema_ = true;
  }
  const bool is_counted =
      counting == Counting::kCounted && !is_alone_ && limits_of(connection_).any();
  const std::int64_t changes_per_row = is_counted ? 1 + kCountingChanges : 1;
  changes_ += changed * changes_per_row;
  return changed > 0;
}

bool Cache::keeps_order() { return !is_alone_ && limits_of(connection_).use_order(); }

void Cache::remove_dead(sqlite3_value* key) {
  try {
    Query remove = query(kRemoveDead, key);
    run(remove);
  } catch (const Error& error) {
    if (!keeps_dead_row(error)) throw;
  }
}

void Cache::make_way(sqlite3_value* key, const NewValue* value) {
  if (is_alone_ || !limits_of(connection_).any()) return;
  connection_.schema().look();  // nothing goes for a limit that somebody has lifted
  const Incoming row{key, row_bytes(connection_, key, value)};
  check_fits(connection_, row.bytes);
  changes_ += write_uses(connection_);
  make_room(connection_, &row);
}

void Cache::keep_to_new_limits(sqlite3_value* key) {
  if (met_new_schema_ && !is_alone_) keep_to_limits(connection_, key);
}

bool Cache::equals(sqlite3_value* key, sqlite3_value* expected) {
  return query(kEquals, key).bind(3, expected).step();
}

Cache::Stored Cache::store(Sql sql, sqlite3_value* key, NewValue value, Lifetime lifetime) {
  const auto deadline = lifetime.end(now());
  expect_sweep(connection_, deadline);
  Query put = query(sql, key);
  bind_value(put, value);
  put.bind(4, deadline);
  return upsert(put);
}

Cache::Stored Cache::upsert(Query& statement) {
  sqlite3* db = connection_.db();
  // An INSERT moves last_insert_rowid and its ON CONFLICT UPDATE does not: this tells a new key
  // from an old one.
  sqlite3_set_last_insert_rowid(db, 0);
  const bool changed = run(statement);
  const std::int64_t id = sqlite3_last_insert_rowid(db);
  if (id != 0 && !is_alone_) changes_ += sweep_for_insert(connection_);
  return {id, id != 0 || changed};
}

std::int64_t Cache::set(sqlite3_value* key, NewValue value, Lifetime lifetime) {
  ++connection_.state<CacheCounters>().sets;
  if (lifetime.is_over()) {
    Query remove = connection_.query(kRemoveAny);
    remove.bind_key(1, key);
    run(remove);
    return 0;
  }
  make_way(key, &value);
  const std::int64_t new_id = put(key, value, lifetime);
  keep_to_new_limits(key);
  return new_id;
}

std::int64_t Cache::put(sqlite3_value* key, NewValue value, Lifetime lifetime) {
  auto& latest_was_new = connection_.state<SetHistory>().latest_was_new;
  const bool in_order = keeps_order();
  const Sql overwrite = in_order ? Sql(kOverwriteLive) : Sql(kOverwrite);
  if (!latest_was_new && store(overwrite, key, value, lifetime).done) return 0;
  const Stored stored = store(in_order ? Sql(kPutLive) : Sql(kPut), key, value, lifetime);
  latest_was_new = stored.new_id != 0;
  if (stored.done) return stored.new_id;
  if (in_order) remove_dead(key);
  return store(kPutAndMove, key, value, lifetime).new_id;
}

std::optional<std::int64_t> Cache::add(sqlite3_value* key, NewValue value, Lifetime lifetime) {
  if (lifetime.is_over()) {
    if (has(key)) return std::nullopt;
    return set(key, value, lifetime);
  }
  auto& sets = connection_.state<CacheCounters>().sets;  // now: what follows the change cannot fail
  if (keeps_order()) {
    if (has(key)) return std::nullopt;
    remove_dead(key);
  }
  make_way(key, &value);
  const Stored stored = store(kAdd, key, value, lifetime);
  if (!stored.done) return std::nullopt;
  ++sets;
  keep_to_new_limits(key);
  return stored.new_id;
}

void Cache::set_value(sqlite3_value* key, NewValue value) {
  make_way(key, &value);
  Query set = query(kSetValue, key);
  bind_value(set, value);
  if (!run(set) || is_alone_) return;
  note_use(connection_, key);
  keep_to_new_limits(key);
}

bool Cache::claim(sqlite3_value* key, double claimed_until) {
  expect_sweep(connection_, claimed_until);
  Query claim = query(kClaim, key);
  claim.bind(3, claimed_until);
  const Stored stored = upsert(claim);
  if (stored.new_id != 0 && !is_alone_) keep_to_limits(connection_, key);
  return stored.done;
}

bool Cache::touch(sqlite3_value* key, Lifetime lifetime) {
  if (lifetime.is_over()) return remove(key);
  const auto deadline = lifetime.end(now());
  expect_sweep(connection_, deadline);
  for (const Sql sql : {Sql(kTouch), Sql(kTouchAndMove)}) {
    Query touch = query(sql, key);
    touch.bind(4, deadline);
    if (!run(touch, Counting::kUncounted)) continue;
    if (!is_alone_) note_use(connection_, key);
    return true;
  }
  return false;
}

bool Cache::remove(sqlite3_value* key, sqlite3_value* expected) {
  Query remove = query(expected != nullptr ? Sql(kRemoveIfEqual) : Sql(kRemove), key);
  if (expected != nullptr) remove.bind(3, expected);
  return run(remove);
}

Lifetime Cache::lifetime(sqlite3_value* ttl) {
  return ttl != nullptr ? lifetime_of(ttl, "ttl") : lifetime_setting(connection_, kDefaultTtl);
}

}  // namespace larder
