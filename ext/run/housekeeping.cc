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
constexpr char kCrashed[] = R"(
SELECT job, id FROM main.larder_run WHERE )" LARDER_RUN_CRASHED
                            R"( ORDER BY lease_until LIMIT )" LARDER_MOST_NAMED;

Finding crashed_run(const Query& row) {
  return {"runs", Finding::Status::kWarning,
          "run " + row.text(1) + " of " + describe(row.value(0)) +
              " ended without run_finish(), and none has started since"};
}

// How long a lease is meant to be is stored here.
constexpr char kStrange[] = R"(
SELECT job, id
FROM main.larder_run
WHERE )" LARDER_RUN_LIVE " AND (" LARDER_FROM_FUTURE(
    "max(started_at, heartbeat_at)", "?2") " OR " LARDER_FAR_END("lease_until", "?2 + lease") R"()
ORDER BY lease_until DESC
LIMIT )" LARDER_MOST_NAMED;

Finding strange_run(const Query& row) {
  return from_future("runs", "run " + row.text(1) + " of " + describe(row.value(0)),
                     "SELECT run_finish(" + row.text(1) + ", 'failed') frees the job");
}

}  // namespace

void check_runs(Connection& connection, Findings& findings) {
  static constexpr char kBroken[] = R"(
SELECT
  count(*) FILTER (WHERE typeof(started_at) <> 'real' OR typeof(heartbeat_at) <> 'real' OR typeof(finished_at) NOT IN ('real', 'null')
    OR typeof(lease) NOT IN ('real', 'null') OR typeof(lease_until) NOT IN ('real', 'null') OR typeof(total) NOT IN ('integer', 'null')),
  count(*) FILTER (WHERE (finished_at IS NULL) = (status IN ('finished', 'failed')))
FROM main.larder_run)";
  add_unless_found(
      {"runs", Finding::Status::kOk, "none has crashed and was not followed"}, findings, [&] {
        Query counts = connection.query(kBroken);
        check_rules(counts, "runs",
                    {"have a time or a count that is not a number",
                     "are finished at no time, or have a time for it and are not finished"},
                    findings);
        check_counter(connection, "runs", "run.last_id", findings);
        add_each(connection, kCrashed, crashed_run, findings);
        add_each(connection, kStrange, strange_run, findings);
      });
}

}  // namespace larder
