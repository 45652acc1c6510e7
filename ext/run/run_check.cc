// What kv_check says of runs.
#include "run/run.h"
#include "store/findings.h"

namespace larder {

namespace {

constexpr char kBrokenRuns[] = R"(
SELECT
  count(*) FILTER (WHERE typeof(started_at) <> 'real' OR typeof(heartbeat_at) <> 'real' OR typeof(finished_at) NOT IN ('real', 'null')
    OR typeof(lease) NOT IN ('real', 'null') OR typeof(lease_until) NOT IN ('real', 'null') OR typeof(total) NOT IN ('integer', 'null')),
  count(*) FILTER (WHERE (finished_at IS NULL) = (status IN ('finished', 'failed')))
FROM main.larder_run)";

// Runs that have crashed since the latest start of their job.
constexpr auto kCrashedRuns = sql(R"(
SELECT job, id
FROM main.larder_run
WHERE {}
ORDER BY lease_until
LIMIT {})",
                                  kRunCrashed, kMostNamed);

Finding crashed_run(const Query& row) {
  return {"runs", Finding::Status::kWarning,
          "run " + row.text(1) + " of " + describe(row.value(0)) +
              " ended without run_finish(), and none has started since"};
}

// A run stores how long its lease is, so its end is far when it is more than a day after that.
constexpr auto kRunsFromFuture =
    sql(R"(
SELECT job, id
FROM main.larder_run
WHERE {} AND ({} OR {})
ORDER BY lease_until DESC
LIMIT {})",
        kRunAlive, is_from_future("max(started_at, heartbeat_at)", "?2"),
        is_far_end("lease_until", "?2 + lease"), kMostNamed);

Finding run_from_future(const Query& row) {
  return from_future("runs", "run " + row.text(1) + " of " + describe(row.value(0)),
                     "SELECT run_finish(" + row.text(1) + ", 'failed') frees the job");
}

}  // namespace

void check_runs(Connection& connection, Findings& findings) {
  add_unless_found(
      {"runs", Finding::Status::kOk, "none has crashed and was not followed"}, findings, [&] {
        Query counts = connection.query(kBrokenRuns);
        check_rules(counts, "runs",
                    {"have a time or a count that is not a number",
                     "are finished at no time, or have a time for it and are not finished"},
                    findings);
        check_counter(connection, "runs", "run.last_id", findings);
        add_each(connection, kCrashedRuns, crashed_run, findings);
        add_each(connection, kRunsFromFuture, run_from_future, findings);
      });
}

}  // namespace larder
