// What kv_stats and kv_check say of runs. Nothing sweeps them: they are a history.
#include "run/run.h"
#include "store/findings.h"

namespace larder {

void run_stats(Connection& connection, std::vector<Stat>& stats) {
  static constexpr char kCount[] = "SELECT count(*) FROM main.larder_run WHERE " LARDER_RUN_LIVE;
  std::int64_t running = 0;
  if (connection.schema().has("larder_run")) {
    Query count = connection.query(kCount);
    count.bind(2, connection.clock().now()).step();
    running = count.integer(0);
  }
  stats.push_back({"running", running});
}

namespace {

// Those that were killed, and whose job has not started since.
void check_crashes(Connection& connection, Findings& findings) {
  static constexpr char kCrashed[] = R"(
SELECT job, id FROM main.larder_run WHERE )" LARDER_RUN_CRASHED
                                     R"( ORDER BY lease_until LIMIT )" LARDER_MOST_NAMED;
  Query rows = connection.query(kCrashed);
  rows.bind(2, connection.clock().now());
  while (rows.step()) {
    findings.push_back({"runs", Finding::Status::kWarning,
                        "run " + std::to_string(rows.integer(1)) + " of " +
                            describe(rows.value(0)) +
                            " ended without run_finish(), and none has started since"});
  }
}

// How long a lease is meant to be is stored here.
void check_run_times(Connection& connection, Findings& findings) {
  static constexpr char kStrange[] = R"(
SELECT job, id
FROM main.larder_run
WHERE )" LARDER_RUN_LIVE " AND (" LARDER_FROM_FUTURE(
      "max(started_at, heartbeat_at)", "?2") " OR " LARDER_FAR_END("lease_until", "?2 + lease") R"()
ORDER BY lease_until DESC
LIMIT )" LARDER_MOST_NAMED;
  Query rows = connection.query(kStrange);
  rows.bind(2, connection.clock().now());
  while (rows.step()) {
    const std::string run = std::to_string(rows.integer(1));
    add_from_future("runs", "run " + run + " of " + describe(rows.value(0)),
                    "run_finish(" + run + ", 'failed') frees the job", findings);
  }
}

}  // namespace

void check_runs(Connection& connection, Findings& findings) {
  static constexpr char kBroken[] = R"(
SELECT
  count(*) FILTER (WHERE typeof(started_at) <> 'real' OR typeof(heartbeat_at) <> 'real' OR typeof(finished_at) NOT IN ('real', 'null')
    OR typeof(lease) NOT IN ('real', 'null') OR typeof(lease_until) NOT IN ('real', 'null') OR typeof(total) NOT IN ('integer', 'null')),
  count(*) FILTER (WHERE (finished_at IS NULL) = (status IN ('finished', 'failed')))
FROM main.larder_run)";
  const std::size_t before = findings.size();
  Query counts = connection.query(kBroken);
  rules_hold(counts, "runs",
             {"have a time or a count that is not a number",
              "are finished at no time, or have a time for it and are not finished"},
             findings);
  counter_holds(connection, "runs", "run.last_id", findings);
  check_crashes(connection, findings);
  check_run_times(connection, findings);
  if (findings.size() == before)
    findings.push_back({"runs", Finding::Status::kOk, "none has crashed and was not followed"});
}

}  // namespace larder
