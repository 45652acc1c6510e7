// What kv_check says of the cache.
#include "cache/cache.h"
#include "cache/limits.h"
#include "store/findings.h"

namespace larder {

namespace {

// The rules of sql/schema/cache.sql, which nothing but Larder keeps.
constexpr auto kBrokenEntries = sql(R"(
SELECT
  count(*) FILTER (
    WHERE typeof(expires_at) NOT IN ('real', 'null') OR typeof(sweep_at) NOT IN ('real', 'null')
      OR typeof(claimed_until) NOT IN ('real', 'null')),
  count(*) FILTER (WHERE (sweep_at IS NULL) <> (expires_at IS NULL) OR sweep_at > expires_at),
  count(*) FILTER (WHERE {} AND (value IS NOT NULL OR sweep_at > -9e999)),
  count(*)
FROM main.larder_cache)",
                                    kCachePlaceholder);

constexpr auto kCountDeadEntries = sql(R"(
SELECT count(*)
FROM main.larder_cache
WHERE sweep_at <= ?2 AND {} AND {})",
                                       kCacheDead, kCacheUnclaimed);

// A claim without a value was made with its row.
constexpr auto kStrangeCacheClaims =
    sql(R"(
SELECT key, {}
FROM main.larder_cache
WHERE claimed_until > ?2 AND claimed_until < 9e999 AND ({} OR {} AND {})
ORDER BY claimed_until DESC
LIMIT {})",
        kCacheLive, is_far_end("claimed_until", "?2"), kCachePlaceholder,
        is_from_future("created_at", "?2"), kMostNamed);

constexpr auto kCountFromFuture = sql(R"(
SELECT count(*)
FROM main.larder_cache
WHERE {} AND {})",
                                      kCacheLive, is_from_future("created_at", "?2"));

// A value that is served meanwhile stays, and so does its deadline.
Finding strange_cache_claim(const Query& row) {
  const std::string key = literal_of(row.value(0));
  const bool is_live = row.integer(1) != 0;
  return from_future("cache", "the claim of " + describe(row.value(0)),
                     is_live ? "UPDATE kv_cache SET value = value WHERE key = " + key + " ends it"
                             : "SELECT cache_set(" + key + ", NULL, 0) ends it");
}

void check_cache_moments(Connection& connection, Findings& findings) {
  Query entries = connection.query(kCountFromFuture);
  entries.bind(2, connection.clock().now()).step();
  if (entries.integer(0) == 0) return;
  findings.push_back({"cache", Finding::Status::kWarning,
                      entries.text(0) +
                          " row(s) have a created_at that is still to come: a clock was ahead, and "
                          "their deadlines may be too late, or an INSERT has set it. DELETE FROM "
                          "kv_cache WHERE created_at > kv_clock() removes them"});
}

}  // namespace

void check_cache(Connection& connection, Findings& findings) {
  Query counts = connection.query(kBrokenEntries);
  add_unless_found({"cache", Finding::Status::kOk, "deadlines and claims fit"}, findings, [&] {
    check_rules(counts, "cache",
                {"have a time that is not a number",
                 "have a sweep_at that does not fit expires_at, and a sweep may miss them; UPDATE "
                 "larder_cache SET sweep_at = expires_at mends that",
                 "are claims without a value, and yet have one"},
                findings);
    check_usage(connection, findings);
    add_each(connection, kStrangeCacheClaims, strange_cache_claim, findings);
    check_cache_moments(connection, findings);
  });
  Query dead = connection.query(kCountDeadEntries);
  dead.bind(2, connection.clock().now()).step();
  add_backlog("dead_entries", dead.integer(0), counts.integer(3), "entries", findings);
}

}  // namespace larder
