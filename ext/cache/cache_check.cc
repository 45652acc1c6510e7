// What kv_check says of the cache.
#include "cache/cache.h"
#include "cache/cache_functions.h"
#include "cache/limits.h"

namespace larder {

namespace {

using Status = Finding::Status;

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

void report(std::vector<Finding>& findings, std::int64_t rows, const char* problem) {
  if (rows > 0)
    findings.push_back({"cache", Status::kError, std::to_string(rows) + " row(s) " + problem});
}

}  // namespace

void check_cache(Connection& connection, std::vector<Finding>& findings) {
  constexpr std::int64_t kFew = 1000;
  const std::size_t before = findings.size();
  Query broken = connection.query(kBroken);
  broken.step();
  report(findings, broken.integer(0), "have a time that is not a number");
  report(findings, broken.integer(1),
         "have a sweep_at that does not fit expires_at, and a sweep may miss them; UPDATE "
         "larder_cache SET sweep_at = expires_at mends that");
  report(findings, broken.integer(2), "are claims without a value, and yet have one");
  check_usage(connection, findings);
  if (findings.size() == before)
    findings.push_back({"cache", Status::kOk, "deadlines and claims fit"});

  const std::int64_t all = broken.integer(3);
  Query gone = connection.query(kCountDead);
  gone.bind(2, connection.clock().now()).step();
  const std::int64_t dead = gone.integer(0);
  const std::string message = std::to_string(dead) + " of " + std::to_string(all) + " entries";
  if (dead > kFew && dead > all / 2) {
    findings.push_back({"dead_entries", Status::kWarning, message + "; kv_sweep() removes them"});
  } else {
    findings.push_back({"dead_entries", Status::kOk, message});
  }
}

}  // namespace larder
