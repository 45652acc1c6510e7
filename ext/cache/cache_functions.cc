// The cache in SQL:
//
//   SELECT cache_set('user:1', '{"name":"Ada"}', '15m');
//   SELECT cache_get('user:1');
//   SELECT coalesce(cache_get('report'), cache_set('report', expensive(), 3600));
#include <cmath>
#include <limits>

#include "cache/cache.h"
#include "cache/cache_table.h"
#include "cache/key_range.h"
#include "feature_list.h"
#include "store/write_scope.h"

namespace larder {

namespace {

sqlite3_value* key_of(Call& call) {
  if (is_null(call[0])) throw Error("key must not be NULL");
  return call[0];
}

void count_lookup(Connection& connection, bool hit) {
  auto& counters = connection.state<CacheCounters>();
  ++(hit ? counters.hits : counters.misses);
}

void cache_get(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  const bool hit = Cache(connection).get(key, [&](Query& row) { call.result(row.value(0)); });
  count_lookup(connection, hit);
  if (!hit) call.result(call.optional(1));
}

void cache_set(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  sqlite3_value* ttl = call.optional(2);
  if (ttl != nullptr) lifetime_of(ttl, "ttl");  // a bad ttl is refused before the file is touched
  WriteScope scope(connection);
  Cache cache(connection);
  cache.set(key, call[1], cache.lifetime(ttl));
  scope.commit();
  call.result(call[1]);
}

// Stores only where a live row is, or is not, there.
void set_if(Connection& connection, Call& call, bool wanted_there) {
  sqlite3_value* key = key_of(call);
  sqlite3_value* ttl = call.optional(2);
  if (ttl != nullptr) lifetime_of(ttl, "ttl");
  WriteScope scope(connection);
  Cache cache(connection);
  const bool stores = cache.has(key) == wanted_there;
  if (stores) cache.set(key, call[1], cache.lifetime(ttl));
  scope.commit();
  call.result(stores);
}

void cache_add(Connection& connection, Call& call) { set_if(connection, call, false); }

void cache_replace(Connection& connection, Call& call) { set_if(connection, call, true); }

void cache_cas(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  sqlite3_value* ttl = call.optional(3);
  if (ttl != nullptr) lifetime_of(ttl, "ttl");
  WriteScope scope(connection);
  Cache cache(connection);
  const bool swaps = cache.equals(key, call[1]);
  if (swaps) cache.set(key, call[2], cache.lifetime(ttl));
  scope.commit();
  call.result(swaps);
}

// `value`, or its text where `text_too`, as a number; nothing when it is none.
std::optional<Number> number_of(sqlite3_value* value, bool text_too) {
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL || type == SQLITE_BLOB || (type == SQLITE_TEXT && !text_too))
    return std::nullopt;
  switch (sqlite3_value_numeric_type(value)) {
    case SQLITE_INTEGER:
      return Number(std::int64_t{sqlite3_value_int64(value)});
    case SQLITE_FLOAT:
      return Number(sqlite3_value_double(value));
    default:
      return std::nullopt;
  }
}

double real_of(Number number) {
  return std::visit([](auto n) { return static_cast<double>(n); }, number);
}

// An integer only when both are.
Number sum_of(Number value, Number delta) {
  const auto* a = std::get_if<std::int64_t>(&value);
  const auto* b = std::get_if<std::int64_t>(&delta);
  if (a != nullptr && b != nullptr) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(*a, *b, &sum)) {
      throw Error("integer overflow: " + std::to_string(*a) + " + " + std::to_string(*b));
    }
    return sum;
  }
  const double sum = real_of(value) + real_of(delta);
  if (std::isnan(sum)) throw Error("the sum of the value and delta is not a number");
  return sum;
}

void cache_incr(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  const auto delta = call.count() > 1 ? number_of(call[1], true) : Number(std::int64_t{1});
  if (!delta) throw Error("delta must be a number; got " + describe(call[1]));
  sqlite3_value* ttl = call.optional(2);
  if (ttl != nullptr) lifetime_of(ttl, "ttl");
  WriteScope scope(connection);
  Cache cache(connection);
  std::optional<Number> present;
  const bool found = cache.get(key, [&](Query& row) {
    present = number_of(row.value(0), false);
    if (!present) throw Error("the value must be a number; it is " + describe(row.value(0)));
  });
  const Number result = sum_of(present.value_or(Number(std::int64_t{0})), *delta);
  if (found) {
    cache.set_value(key, result);
  } else {
    cache.set(key, result, cache.lifetime(ttl));
  }
  scope.commit();
  std::visit([&](auto number) { call.result(number); }, result);
}

void cache_has(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  call.result(Cache(connection).has(key));
}

void cache_ttl(Connection& connection, Call& call) {
  static constexpr char kDeadline[] =
      "SELECT expires_at FROM main.larder_cache WHERE key = ?1 AND " LARDER_CACHE_LIVE;
  sqlite3_value* key = key_of(call);
  if (!connection.schema().has("larder_cache")) return call.result_null();
  const double now = connection.clock().now();
  Query row = connection.query(kDeadline);
  if (!row.bind(1, key).bind(2, now).step()) return call.result_null();
  call.result(row.is_null(0) ? std::numeric_limits<double>::infinity()
                             : round_to_milliseconds(row.real(0) - now));
}

void cache_touch(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  const Lifetime lifetime = lifetime_of(call[1], "ttl");
  WriteScope scope(connection);
  const bool touched = Cache(connection).touch(key, lifetime);
  scope.commit();
  call.result(touched);
}

void cache_pop(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  WriteScope scope(connection);
  Cache cache(connection);
  const bool hit = cache.get(key, [&](Query& row) { call.result(row.value(0)); });
  if (hit) cache.remove(key);
  scope.commit();
  count_lookup(connection, hit);
  if (!hit) call.result(call.optional(1));
}

void cache_del(Connection& connection, Call& call) {
  sqlite3_value* key = key_of(call);
  WriteScope scope(connection);
  const bool removed = Cache(connection).remove(key, call.optional(1));
  scope.commit();
  call.result(removed);
}

// Dead rows go too, but are not counted: whether a sweep came first must not show.
#define IN_RANGE                                \
  "key >= ?3 AND typeof(key) = typeof(?3) AND " \
  "substr(CAST(key AS BLOB), 1, length(CAST(?3 AS BLOB))) = CAST(?3 AS BLOB) AND "
constexpr char kClearDead[] =
    "DELETE FROM main.larder_cache WHERE sweep_at <= ?2 AND " LARDER_CACHE_DEAD;
constexpr char kClear[] = "DELETE FROM main.larder_cache";
constexpr char kClearDeadFrom[] = "DELETE FROM main.larder_cache WHERE " IN_RANGE LARDER_CACHE_DEAD;
constexpr char kClearFrom[] = "DELETE FROM main.larder_cache WHERE " IN_RANGE LARDER_CACHE_LIVE;
constexpr char kClearDeadBetween[] =
    "DELETE FROM main.larder_cache WHERE key < ?4 AND " IN_RANGE LARDER_CACHE_DEAD;
constexpr char kClearBetween[] =
    "DELETE FROM main.larder_cache WHERE key < ?4 AND " IN_RANGE LARDER_CACHE_LIVE;

void clear_prefix(Connection& connection, sqlite3_value* prefix, double now) {
  if (is_null(prefix)) throw Error("prefix must not be NULL");
  const bool blob = is_blob(prefix);
  const KeyRange range =
      keys_with_prefix(connection, std::string(blob ? bytes_of(prefix) : text_of(prefix)), blob);
  const auto run = [&](const char* sql) {
    Query query = connection.query(sql);
    query.bind(2, now);
    range.bind_low(query, 3);
    if (range.high) range.bind_high(query, 4);
    query.run();
  };
  run(range.high ? kClearDeadBetween : kClearDeadFrom);
  run(range.high ? kClearBetween : kClearFrom);
}

void cache_clear(Connection& connection, Call& call) {
  WriteScope scope(connection);
  const double now = connection.clock().now();
  if (call.count() == 0) {
    connection.query(kClearDead).bind(2, now).run();
    connection.query(kClear).run();
  } else {
    clear_prefix(connection, call[0], now);
  }
  const std::int64_t removed = sqlite3_changes(connection.db());
  scope.commit();
  call.result(removed);
}

void cache_stale(Connection& connection, Call& call) {
  static constexpr char kStale[] = R"(
SELECT value FROM main.larder_cache WHERE key = ?1 AND (expires_at IS NULL OR ?2 IS NULL OR expires_at >= ?2))";
  sqlite3_value* key = key_of(call);
  const Lifetime max_stale =
      call.count() > 1 ? lifetime_of(call[1], "max_stale") : Lifetime::forever();
  if (!connection.schema().has("larder_cache")) return;
  Query row = connection.query(kStale);
  row.bind(1, key);
  const auto seconds = max_stale.seconds();
  if (seconds) row.bind(2, round_to_milliseconds(connection.clock().now() - *seconds));
  if (row.step()) call.result(row.value(0));
}

constexpr Function<Connection> kFunctions[] = {
    {"cache_get", 1, 2, 0, cache_get, "cache_get(key [, default])",
     "The value of key; default (NULL) on a miss."},
    {"cache_set", 2, 3, 0, cache_set, "cache_set(key, value [, ttl])",
     "Stores value for ttl seconds over whatever was there; returns value."},
    {"cache_add", 2, 3, 0, cache_add, "cache_add(key, value [, ttl])",
     "Stores only where nothing is; 1 if stored, 0 if something was there."},
    {"cache_replace", 2, 3, 0, cache_replace, "cache_replace(key, value [, ttl])",
     "Stores only over what is there; 1 if stored, 0 if nothing was there."},
    {"cache_cas", 3, 4, 0, cache_cas, "cache_cas(key, expected, value [, ttl])",
     "Stores only over a value that IS expected; 1 if swapped, else 0."},
    {"cache_incr", 1, 3, 0, cache_incr, "cache_incr(key [, delta [, ttl]])",
     "Adds delta (1) to a number and returns it; an absent one starts at 0 and lives for ttl."},
    {"cache_has", 1, 1, 0, cache_has, "cache_has(key)",
     "1 if key is there, also with the value NULL; else 0."},
    {"cache_ttl", 1, 1, 0, cache_ttl, "cache_ttl(key)",
     "Seconds left; Inf if it never expires, NULL if it is not there."},
    {"cache_touch", 2, 2, 0, cache_touch, "cache_touch(key, ttl)",
     "Gives key a new deadline; 1, or 0 if it is not there."},
    {"cache_pop", 1, 2, 0, cache_pop, "cache_pop(key [, default])",
     "Removes key and returns its value; default on a miss."},
    {"cache_del", 1, 2, 0, cache_del, "cache_del(key [, expected])",
     "Removes key, with expected only if its value IS that; 1 if removed, else 0."},
    {"cache_clear", 0, 1, 0, cache_clear, "cache_clear([prefix])",
     "Removes everything, or the keys that begin with prefix; returns how many."},
    {"cache_stale", 1, 2, 0, cache_stale, "cache_stale(key [, max_stale])",
     "The value also when it expired, at most max_stale seconds ago, and is not swept yet."},
};

constexpr TableEntry kTables[] = {
    table_entry<CacheTable>("kv_cache(key, value, created_at, expires_at, ttl, size)",
                            "The live cache entries; INSERT, UPDATE and DELETE work too."),
};

void cache_stats(Connection& connection, std::vector<Stat>& stats) {
  static constexpr char kCount[] = "SELECT count(*), coalesce(sum(" LARDER_BYTES(
      "key") " + " LARDER_BYTES("value") "), 0) FROM main.larder_cache WHERE " LARDER_CACHE_LIVE;
  static constexpr char kCountDead[] =
      "SELECT count(*) FROM main.larder_cache WHERE sweep_at <= ?2 AND " LARDER_CACHE_DEAD;
  const auto& counters = connection.state<CacheCounters>();
  const std::int64_t lookups = counters.hits + counters.misses;
  stats.push_back({"hits", counters.hits});
  stats.push_back({"misses", counters.misses});
  stats.push_back(
      {"hit_ratio",
       lookups ? static_cast<double>(counters.hits) / static_cast<double>(lookups) : 0.0});
  stats.push_back({"sets", counters.sets});
  std::int64_t entries = 0, bytes = 0, dead = 0;
  if (connection.schema().has("larder_cache")) {
    const double now = connection.clock().now();
    Query live = connection.query(kCount);
    live.bind(2, now).step();
    entries = live.integer(0);
    bytes = live.integer(1);
    Query gone = connection.query(kCountDead);
    gone.bind(2, now).step();
    dead = gone.integer(0);
  }
  stats.push_back({"entries", entries});
  stats.push_back({"dead", dead});
  stats.push_back({"bytes", bytes});
}

}  // namespace

constinit const Feature kCacheFeature{kFunctions, kTables, sweep_cache, cache_stats};

}  // namespace larder
