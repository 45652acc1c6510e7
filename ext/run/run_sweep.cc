// What kv_sweep() does with runs.
#include <algorithm>
#include <optional>

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

// How long ended runs are kept. Nothing is for ever, and so is a value that does not fit, which
// kv_check reports: it must not keep the sweep from what else there is.
std::optional<double> seconds_to_keep(Connection& connection) {
  try {
    return lifetime_setting(connection, kRunKeep).seconds();
  } catch (const Error& error) {
    if (error.code() != SQLITE_ERROR) throw;
    return std::nullopt;
  }
}

}  // namespace

Sweeper sweep_runs(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) -> Swept {
    const auto keep = seconds_to_keep(connection);
    if (!keep) return {0, 0, false};
    most = std::min(rows, most);
    connection.query(kSweepRuns).bind(1, most).bind(2, connection.clock().now() - *keep).run();
    const std::int64_t removed = sqlite3_changes(connection.db());
    return {removed, removed, removed > 0 && removed >= most};
  };
}

}  // namespace larder
