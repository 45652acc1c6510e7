// What kv_check says of the cache.
#include "cache/cache.h"
#include "cache/cache_functions.h"
#include "cache/limits.h"
#include "store/findings.h"

namespace larder {

namespace {

// The rules of sql/schema/cache.sql, which nothing but Larder keeps.
constexpr char kBroken[] = R"(
SELECT
  count(*) FILTER (WHERE typeof(expires_at) NOT IN ('real', 'null') OR typeof(sweep_at) NOT IN ('real', 'null')
    OR typeof(claimed_until) NOT IN ('real', 'null')),
  count(*) FILTER (WHERE (sweep_at IS NULL) <> (expires_at IS NULL) OR sweep_at > expires_at),
  count(*) FILTER (WHERE )" LARDER_CACHE_PLACEHOLDER
                           R"( AND (value IS NOT NULL OR sweep_at > -9e999)),
  count(*)
FROM main.larder_cache)";

constexpr char kCountDead[] = R"(
SELECT count(*)
FROM main.larder_cache
WHERE sweep_at <= ?2 AND )" LARDER_CACHE_DEAD " AND " LARDER_CACHE_UNCLAIMED;

}  // namespace

void check_cache(Connection& connection, Findings& findings) {
  Query counts = connection.query(kBroken);
  const bool rows_fit =
      rules_hold(counts, "cache",
                 {"have a time that is not a number",
                  "have a sweep_at that does not fit expires_at, and a sweep may miss them; UPDATE "
                  "larder_cache SET sweep_at = expires_at mends that",
                  "are claims without a value, and yet have one"},
                 findings);
  if (usage_fits(connection, findings) && rows_fit)
    findings.push_back({"cache", Finding::Status::kOk, "deadlines and claims fit"});
  Query dead = connection.query(kCountDead);
  dead.bind(2, connection.clock().now()).step();
  add_backlog("dead_entries", dead.integer(0), counts.integer(3), "entries", findings);
}

}  // namespace larder
