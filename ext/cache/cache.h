// The rules of the cache, below the SQL functions and the kv_cache table: when an entry is alive,
// and how it is read. What changes entries is cache/change.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "store/connection.h"
#include "store/moment.h"

namespace larder {

// The one rule for death, in SQL and, as Cache::is_dead(), in C++. In a statement with one of these
// conditions ?2 is now.
inline constexpr auto kCacheLive = is_ahead("expires_at", "?2");
inline constexpr auto kCacheDead = has_passed("expires_at", "?2");

// The row of a key that was claimed before it ever had a value: dead for every clock there is, and
// nobody's to see. (-9e999 is minus infinity.)
inline constexpr auto kCachePlaceholder = sql("(expires_at = -9e999)");

// Nobody is working out a new value. (While somebody does, the row stays where it is.)
inline constexpr auto kCacheUnclaimed = sql("(claimed_until IS NULL OR claimed_until <= ?2)");

// The value is ?3, type and value: IS alone takes 1 and 1.0 for the same.
inline constexpr auto kCacheSameValue = sql("value IS ?3 AND typeof(value) = typeof(?3)");

// The bytes of a column, as kv_cache, kv_stats and the limits count them: a number is 8.
consteval auto stored_bytes(const auto& column) {
  return sql(
      "CASE typeof({}) WHEN 'null' THEN 0 WHEN 'integer' THEN 8 WHEN 'real' THEN 8 "
      "WHEN 'blob' THEN length({}) ELSE length(CAST({} AS BLOB)) END",
      column, column, column);
}

// Those of an entry. `row` is "" or, in a trigger, "new." or "old.".
consteval auto entry_bytes(const auto& row) {
  return sql("{} + {}", stored_bytes(sql("{}key", row)), stored_bytes(sql("{}value", row)));
}

// Counts since this connection loaded Larder, for kv_stats.
struct CacheCounters {
  std::int64_t hits = 0;
  std::int64_t misses = 0;
  std::int64_t sets = 0;
  std::int64_t evictions = 0;
};

// The entries in one connection's file, at one moment. Keys are any value but NULL; the key
// column's TEXT affinity makes 42 and '42' one key.
class Cache {
 public:
  explicit Cache(Connection& connection) : connection_(connection) {}

  // Calls use(query) with column 0 the value of the live row, if there is one. Returns whether
  // there was.
  template <class Use>
  bool get(sqlite3_value* key, Use&& use);
  bool has(sqlite3_value* key);

  // The same from memory, where that is as good as the file. `answer` gets the live value as the
  // result of its call; nullptr asks only whether there is one.
  bool get_hot(sqlite3_value* key, Call* answer);

  // The deadline of the live row, from memory where that is as good as the file: nothing when there
  // is no such row, HUGE_VAL when it never ends.
  std::optional<double> deadline_hot(sqlite3_value* key);

  // True when there is a live row whose value IS `expected`, type and value.
  bool equals(sqlite3_value* key, sqlite3_value* expected);

  // The tag of the row, live or dead; nullptr when it has none. The columns of this version must be
  // there, as they are for a Change.
  OwnedValue tag(sqlite3_value* key);

  // Read once, and only when it matters: looking at the clock is a tenth of a miss.
  double now() {
    if (!now_) now_ = connection_.clock().now();
    return *now_;
  }
  bool is_dead(std::optional<double> expires_at) {
    return expires_at && connection_.clock().has_come(*expires_at);
  }
  bool exists() { return connection_.schema().has("larder_cache"); }

  // The key under which the hot cache keeps the row.
  static HotKey hot_key(Connection& connection, sqlite3_value* key) {
    return HotKey(connection.db(), 'c', key);
  }

 private:
  static constexpr char kGetEntry[] = R"(
SELECT value, expires_at
FROM main.larder_cache
WHERE key = ?1)";

  Connection& connection_;
  std::optional<double> now_;
};

template <class Use>
bool Cache::get(sqlite3_value* key, Use&& use) {
  if (!exists()) return false;
  Query row = connection_.query(kGetEntry);
  if (!row.bind_key(1, key).step()) return false;
  if (is_dead(row.optional_real(1))) return false;
  use(row);
  return true;
}

void cache_stats(Connection& connection, std::vector<Stat>& stats);
void check_cache(Connection& connection, Findings& findings);

}  // namespace larder
