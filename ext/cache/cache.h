// The rules of the cache, below the SQL functions and the kv_cache table.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "cache/number.h"
#include "store/connection.h"
#include "store/duration.h"

namespace larder {

// The one rule for death, in SQL and, as Cache::is_dead(), in C++. In every statement of the cache
// ?1 is the key and ?2 is now.
#define LARDER_CACHE_LIVE "(expires_at IS NULL OR expires_at > ?2)"
#define LARDER_CACHE_DEAD "(expires_at <= ?2)"

// The row of a key that was claimed before it ever had a value: dead for every clock there is, and
// nobody's to see. (-9e999 is minus infinity.)
#define LARDER_CACHE_PLACEHOLDER "(expires_at = -9e999)"

// Somebody works out a new value: the row stays where it is until then.
#define LARDER_CACHE_UNCLAIMED "(claimed_until IS NULL OR claimed_until <= ?2)"

// The bytes of key and value, as kv_cache and kv_stats count them: a number is 8.
#define LARDER_BYTES(column)                                       \
  "CASE typeof(" column                                            \
  ") WHEN 'null' THEN 0 WHEN 'integer' THEN 8 WHEN 'real' THEN 8 " \
  "WHEN 'blob' THEN length(" column ") ELSE length(CAST(" column " AS BLOB)) END"

// A value to store: the caller's own, or a number that was computed.
using NewValue = std::variant<sqlite3_value*, Number>;

// Counts since this connection loaded Larder, for kv_stats.
struct CacheCounters {
  std::int64_t hits = 0;
  std::int64_t misses = 0;
  std::int64_t sets = 0;
  std::int64_t evictions = 0;
};

// The cache in one connection's file, at one moment. What writes needs a WriteScope that outlives
// the call, and is undone with it. Keys are any value but NULL; the key column's TEXT affinity
// makes 42 and '42' one key.
class Cache {
 public:
  // kAlone: each change is a single statement, the last thing that can fail. Otherwise a new key
  // removes dead rows with it, and what is stored makes room for itself where a limit is set.
  enum class Changes { kWithOthers, kAlone };
  explicit Cache(Connection& connection, Changes changes = Changes::kWithOthers)
      : connection_(connection), is_alone_(changes == Changes::kAlone) {}

  // Calls use(query) with column 0 the value of the live row, if there is one. Returns whether
  // there was.
  template <class Use>
  bool get(sqlite3_value* key, Use&& use);
  bool has(sqlite3_value* key);

  // The same from memory, where that is as good as the file. `answer` gets the live value as the
  // result of its call; nullptr asks only whether there is one.
  bool get_hot(sqlite3_value* key, Call* answer);

  // True when there is a live row whose value IS `expected`, type and value.
  bool equals(sqlite3_value* key, sqlite3_value* expected);

  // Stores, whatever was there, and ends a claim. With a lifetime that is over, removes instead.
  // Returns the id of the row if it is a new one, else 0. This and all that stores throws Error
  // when the value does not fit into the limits.
  std::int64_t set(sqlite3_value* key, NewValue value, Lifetime lifetime);

  // Stores unless a live row is there: then nothing. Else the id of the row if it is a new one, or
  // 0.
  std::optional<std::int64_t> add(sqlite3_value* key, NewValue value, Lifetime lifetime);

  // A new value for a live row, which keeps its deadline and ends a claim; nothing happens when
  // there is none.
  void set_value(sqlite3_value* key, NewValue value);

  // Claims the key for whoever works out its value, until that is stored or `claimed_until` has
  // come; false when somebody else has. A value that is there stays, and so does its deadline.
  bool claim(sqlite3_value* key, double claimed_until);

  // A new deadline for a live row; false when there is none.
  bool touch(sqlite3_value* key, Lifetime lifetime);

  // Removes a live row, with `expected` only when its value IS that; false when there was none.
  bool remove(sqlite3_value* key, sqlite3_value* expected = nullptr);

  // The ttl of a call: the argument, or where it is left out (nullptr) the setting
  // cache.default_ttl.
  Lifetime lifetime(sqlite3_value* ttl);

  // Read once, and only when it matters: looking at the clock is a tenth of a miss.
  double now() {
    if (!now_) now_ = connection_.clock().now();
    return *now_;
  }
  bool is_dead(std::optional<double> expires_at) {
    return expires_at && connection_.clock().has_come(*expires_at);
  }
  bool exists() { return connection_.schema().has("larder_cache"); }

  // How many rows have been changed through this object, for HotChange.
  std::int64_t changes() const { return changes_; }

  // True when the schema was another one by the time of the change: somebody may have set a limit.
  bool met_new_schema() const { return met_new_schema_; }

 private:
  Query query(Sql sql, sqlite3_value* key) {
    Query query = connection_.query(sql);
    query.bind_key(1, key).bind(2, now());
    return query;
  }
  struct Stored {
    std::int64_t new_id;  // 0 when the row is not new
    bool done;
  };
  std::int64_t put(sqlite3_value* key, NewValue value, Lifetime lifetime);
  Stored store(Sql sql, sqlite3_value* key, NewValue value, Lifetime lifetime);
  Stored upsert(Query& statement);
  // Runs `query`; returns whether it changed a row. kCounted: the triggers of a limit see it.
  enum class Counting { kCounted, kUncounted };
  void look_before(const Query& query);
  bool run(Query& query, Counting counting = Counting::kCounted);
  // What is dead is absent, and so lends no place in the order of rows to what is stored next: true
  // where that order matters.
  bool keeps_order();
  void remove_dead(sqlite3_value* key);
  // Makes room for what is to be stored; nullptr is a row without a value.
  void make_way(sqlite3_value* key, const NewValue* value);
  // What has been stored is to keep to limits that were found only then.
  void keep_to_new_limits(sqlite3_value* key);

  static constexpr char kGet[] =
      "SELECT value, expires_at FROM main.larder_cache WHERE key = ?1";

  Connection& connection_;
  bool is_alone_;
  std::optional<double> now_;
  std::int64_t changes_ = 0;
  bool met_new_schema_ = false;
};

template <class Use>
bool Cache::get(sqlite3_value* key, Use&& use) {
  if (!exists()) return false;
  Query row = connection_.query(kGet);
  if (!row.bind_key(1, key).step()) return false;
  if (is_dead(row.optional_real(1))) return false;
  use(row);
  return true;
}

}  // namespace larder
