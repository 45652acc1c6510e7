// What kv_sweep() does with runs.
#include <algorithm>

#include "run/run.h"

namespace larder {

namespace {

// The longest ended ones, as far as ?2. A finished run had its last heartbeat when it finished.
constexpr char kSweepRuns[] = R"(
DELETE FROM main.larder_run
WHERE id IN (
  SELECT id
  FROM main.larder_run
  WHERE status <> 'running' AND heartbeat_at <= ?2
  ORDER BY heartbeat_at
  LIMIT ?1))";

}  // namespace

Sweeper sweep_runs(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) -> Swept {
    const auto keep = lifetime_setting(connection, kRunKeep).seconds();
    if (!keep) return {0, 0, false};
    most = std::min(rows, most);
    connection.query(kSweepRuns).bind(1, most).bind(2, connection.clock().now() - *keep).run();
    const std::int64_t removed = sqlite3_changes(connection.db());
    return {removed, removed, removed > 0 && removed >= most};
  };
}

}  // namespace larder
