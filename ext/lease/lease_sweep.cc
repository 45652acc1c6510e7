// What kv_sweep() does with leases.
#include <algorithm>

#include "lease/lease.h"
#include "store/meta.h"
#include "store/steps.h"

namespace larder {

namespace {

constexpr auto kCountDeadLeases =
    sql("SELECT count(*) FROM main.larder_lease WHERE {}", kLeaseDead);

// The dead leases that a step removes. A step runs in a transaction, so both statements below see
// the same rows.
constexpr auto kOldestDead = sql(R"(
  FROM main.larder_lease
  WHERE {}
  ORDER BY expires_at, name
  LIMIT ?1)",
                                 kLeaseDead);

constexpr auto kGreatestDeadToken = sql(R"(
SELECT max(token) FROM (SELECT token {}))",
                                        kOldestDead);

constexpr auto kRemoveDeadLeases = sql(R"(
DELETE FROM main.larder_lease
WHERE name IN (SELECT name {}))",
                                       kOldestDead);

Swept sweep_dead_leases(Connection& connection, std::int64_t most) {
  const double now = connection.clock().now();
  std::int64_t greatest = 0;
  {
    Query dead = connection.query(kGreatestDeadToken);
    dead.bind(1, most).bind(2, now).step();
    if (dead.is_null(0)) return {0, 0, false};
    greatest = dead.integer(0);
  }
  raise_meta(connection, "lease.last_token", greatest);
  connection.query(kRemoveDeadLeases).bind(1, most).bind(2, now).run();
  const std::int64_t removed = sqlite3_changes(connection.db());
  return {removed, removed, removed >= most};
}

}  // namespace

std::int64_t count_dead_leases(Connection& connection) {
  return count_at(connection, kCountDeadLeases, 2, connection.clock().now());
}

Sweeper sweep_leases(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) {
    return sweep_dead_leases(connection, std::min(rows, most));
  };
}

}  // namespace larder
