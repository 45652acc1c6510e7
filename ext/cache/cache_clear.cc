// cache_clear(): everything, or a range of the key index.
//
//   SELECT cache_clear('user:');
#include "cache/cache_clear.h"

#include "cache/cache.h"
#include "cache/key_range.h"
#include "sqlite/key.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// Dead rows go too, but are not counted: whether a sweep came first must not show.
constexpr char kClear[] = "DELETE FROM main.larder_cache";
constexpr auto kClearDead = sql("{} WHERE sweep_at <= ?2 AND {}", kClear, kCacheDead);

// ?3 is the prefix. (substr() of an empty BLOB is NULL.)
constexpr auto kClearFrom = sql(R"({}
WHERE key >= ?3 AND typeof(key) = typeof(?3)
  AND coalesce(substr(CAST(key AS BLOB), 1, length(CAST(?3 AS BLOB))), x'') = CAST(?3 AS BLOB))",
                                kClear);
constexpr auto kClearDeadFrom = sql("{} AND {}", kClearFrom, kCacheDead);
constexpr auto kClearDeadBetween = sql("{} AND key < ?4", kClearDeadFrom);
constexpr auto kClearBetween = sql("{} AND key < ?4", kClearFrom);

void clear_prefix(Connection& connection, sqlite3_value* prefix, double now) {
  const KeyRange range = keys_with_prefix(connection, key_bytes(prefix), is_blob(prefix));
  const auto run = [&](Sql sql) {
    Query query = connection.query(sql);
    query.bind(2, now);
    range.bind_low(query, 3);
    if (range.high) range.bind_high(query, 4);
    query.run();
  };
  run(range.high ? Sql(kClearDeadBetween) : Sql(kClearDeadFrom));
  run(range.high ? Sql(kClearBetween) : Sql(kClearFrom));
}

}  // namespace

void cache_clear(Connection& connection, Call& call) {
  WriteScope scope(connection);
  const double now = connection.clock().now();
  if (call.count() == 0) {
    connection.query(kClearDead).bind(2, now).run();
    connection.query(kClear).run();
  } else {
    clear_prefix(connection, call.required(0, "prefix"), now);
  }
  const std::int64_t removed = sqlite3_changes(connection.db());
  scope.commit();
  call.result(removed);
}

}  // namespace larder
