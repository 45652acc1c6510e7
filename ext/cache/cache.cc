// How the cache is read.
#include "cache/cache.h"

#include <cmath>

namespace larder {

bool Cache::has(sqlite3_value* key) {
  return get(key, [](Query&) {});
}

bool Cache::get_hot(sqlite3_value* key, Call* answer) {
  const HotKey name = hot_key(connection_, key);
  HotLookup hot(connection_, name);
  if (const HotRow* row = hot.row()) {
    if (row->is_nothing() || is_dead(row->deadline())) return false;
    if (answer != nullptr) row->give(*answer);
    return true;
  }
  if (!exists()) return false;
  Query row = connection_.query(kGetEntry);
  if (!row.bind_key(1, key).step()) {
    if (row.is_kept()) hot.found_nothing();
    return false;
  }
  const auto deadline = row.optional_real(1);
  sqlite3_value* value = row.value(0);
  const HotRow* kept = row.is_kept() ? hot.found(value, deadline) : nullptr;
  if (is_dead(deadline)) return false;
  if (answer != nullptr) kept != nullptr ? kept->give(*answer) : answer->result(value);
  return true;
}

std::optional<double> Cache::deadline_hot(sqlite3_value* key) {
  static constexpr char kDeadline[] = R"(
SELECT expires_at
FROM main.larder_cache
WHERE key = ?1)";
  const auto unless_dead = [&](std::optional<double> deadline) {
    return is_dead(deadline) ? std::nullopt : std::optional(deadline.value_or(HUGE_VAL));
  };
  const HotKey name = hot_key(connection_, key);
  if (const HotRow* row = HotLookup(connection_, name).row())
    return row->is_nothing() ? std::nullopt : unless_dead(row->deadline());
  if (!exists()) return std::nullopt;
  Query row = connection_.query(kDeadline);
  if (!row.bind_key(1, key).step()) return std::nullopt;
  return unless_dead(row.optional_real(0));
}

bool Cache::equals(sqlite3_value* key, sqlite3_value* expected) {
  static constexpr auto kEquals = sql(R"(
SELECT 1
FROM main.larder_cache
WHERE key = ?1 AND {} AND {})",
                                      kCacheSameValue, kCacheLive);
  Query query = connection_.query(kEquals);
  return query.bind_key(1, key).bind(2, now()).bind(3, expected).step();
}

OwnedValue Cache::tag(sqlite3_value* key) {
  static constexpr char kTag[] = R"(
SELECT tag
FROM main.larder_cache
WHERE key = ?1)";
  Query row = connection_.query(kTag);
  if (!row.bind_key(1, key).step() || row.is_null(0)) return nullptr;
  return copy_of(row.value(0));
}

}  // namespace larder
