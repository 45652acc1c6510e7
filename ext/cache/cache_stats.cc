// What kv_stats says of the cache.
#include "cache/cache.h"

namespace larder {

namespace {

constexpr auto kCountLiveEntries = sql(R"(
SELECT count(*), coalesce(sum({}), 0)
FROM main.larder_cache
WHERE {})",
                                       entry_bytes(""), kCacheLive);

constexpr auto kCountSweepableEntries = sql(R"(
SELECT count(*)
FROM main.larder_cache
WHERE sweep_at <= ?2 AND {} AND NOT {})",
                                            kCacheDead, kCachePlaceholder);

}  // namespace

void cache_stats(Connection& connection, std::vector<Stat>& stats) {
  const auto& counters = connection.state<CacheCounters>();
  const std::int64_t lookups = counters.hits + counters.misses;
  stats.push_back({"hits", counters.hits});
  stats.push_back({"misses", counters.misses});
  stats.push_back(
      {"hit_ratio",
       lookups ? static_cast<double>(counters.hits) / static_cast<double>(lookups) : 0.0});
  stats.push_back({"sets", counters.sets});
  stats.push_back({"evictions", counters.evictions});
  stats.push_back({"hot_hits", connection.hot().hits()});
  stats.push_back({"hot_followed", connection.hot().followed()});
  stats.push_back({"hot_bytes", connection.hot().bytes()});
  std::int64_t entries = 0, bytes = 0, dead = 0;
  if (connection.schema().has("larder_cache")) {
    const double now = connection.clock().now();
    Query live = connection.query(kCountLiveEntries);
    live.bind(2, now).step();
    entries = live.integer(0);
    bytes = live.integer(1);
    Query gone = connection.query(kCountSweepableEntries);
    gone.bind(2, now).step();
    dead = gone.integer(0);
  }
  stats.push_back({"entries", entries});
  stats.push_back({"dead", dead});
  stats.push_back({"bytes", bytes});
}

}  // namespace larder
