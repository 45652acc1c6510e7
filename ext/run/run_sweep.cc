// What kv_sweep() does with runs.
#include <algorithm>
#include <optional>

#include "run/run.h"
#include "store/steps.h"

namespace larder {

namespace {

// A finished run had its last heartbeat when it finished.
constexpr auto kRunOutdated = sql("status <> 'running' AND heartbeat_at <= ?2");
constexpr auto kCountOutdatedRuns =
    sql("SELECT count(*) FROM main.larder_run WHERE {}", kRunOutdated);

// The longest ended ones.
constexpr auto kSweepRuns = sql(R"(
DELETE FROM main.larder_run
WHERE id IN (
  SELECT id
  FROM main.larder_run
  WHERE {}
  ORDER BY heartbeat_at
  LIMIT ?1))",
                                kRunOutdated);

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

std::int64_t count_outdated_runs(Connection& connection) {
  const auto keep = seconds_to_keep(connection);
  if (!keep) return 0;
  return count_at(connection, kCountOutdatedRuns, 2, connection.clock().now() - *keep);
}

Sweeper sweep_runs(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) -> Swept {
    const auto keep = seconds_to_keep(connection);
    if (!keep) return {0, 0, false};
    most = std::min(rows, most);
    connection.query(kSweepRuns).bind(1, most).bind(2, connection.clock().now() - *keep).run();
    const std::int64_t removed = sqlite3_changes(connection.db());
    return {removed, removed, removed >= most};
  };
}

}  // namespace larder
