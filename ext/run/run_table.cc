// The kv_run table: one row a run.
#include "run/run.h"
#include "store/progress_bar.h"
#include "store/row_table.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// The runs that `condition` lets through. `rate` is done per second from the start to the latest
// heartbeat. A run shorter than a second counts as one second long.
consteval auto select_runs(const auto& condition) {
  return sql(R"(
WITH run(id, job, status, owner, started_at, heartbeat_at, finished_at, done, total, error,
  percent, rate) AS (
  SELECT id, job, iif({}, 'crashed', status), owner, started_at, heartbeat_at, finished_at, done,
    total, error, iif(total > 0, done * 100.0 / total, NULL),
    done / max(heartbeat_at - started_at, 1.0)
  FROM main.larder_run
  WHERE {}
)
SELECT id, job, status, owner, started_at, heartbeat_at, finished_at, done, total,
  round(percent, 1), round(rate, 3),
  CASE WHEN status = 'running' AND rate > 0 THEN round(max(total - done, 0) / rate, 1) END,
  CASE WHEN percent IS NOT NULL THEN {} END,
  error
FROM run
ORDER BY id)",
             kRunCrashed, condition, progress_bar("percent"));
}

constexpr auto kAllRuns = select_runs("true");
constexpr auto kRunsOfJob = select_runs("job = ?1");
constexpr auto kOneRun = select_runs("id = ?1");

constexpr Lookup kRunLookups[] = {
    {.column = 1, .by = Lookup::By::kKey, .scan = {kRunsOfJob, "job=?", 1000, 500}},
    {.column = 0, .by = Lookup::By::kNumber, .scan = {kOneRun, "id=?", 3, 1}}};

constexpr TableRows kRunRows{
    .name = "kv_run",
    .columns =
        "CREATE TABLE x(id INTEGER, job TEXT, status TEXT, owner TEXT, started_at REAL, "
        "heartbeat_at REAL, finished_at REAL, done INTEGER, total INTEGER, percent REAL, rate "
        "REAL, eta REAL, bar TEXT, error TEXT, PRIMARY KEY (id)) WITHOUT ROWID",
    .source = "larder_run",
    .now_parameter = 2,
    .all = {kAllRuns, "all", 1e5, 50000},
    .lookups = kRunLookups};

class RunTable : public RowTable<kRunRows> {
 public:
  using RowTable::RowTable;

  // https://sqlite.org/vtab.html#the_xupdate_method: one value, the id, deletes. The statement that
  // calls us holds the write lock.
  std::int64_t update(Values values) {
    static constexpr auto kSelectAlive =
        sql("SELECT job FROM main.larder_run WHERE id = ?1 AND {}", kRunAlive);
    static constexpr char kDeleteRun[] = "DELETE FROM main.larder_run WHERE id = ?1";
    if (values.size() > 1)
      throw Error("runs can be deleted, and are changed by the run_ functions");
    StatementScope scope(state());
    const std::int64_t rowid = sqlite3_last_insert_rowid(state().db());
    const std::int64_t id = sqlite3_value_int64(values[0]);
    {
      Query alive = state().query(kSelectAlive);
      if (alive.bind(1, id).bind(2, state().clock().now()).step()) {
        throw Error("run " + std::to_string(id) + " of " + describe(alive.value(0)) +
                    " is running; run_finish(" + std::to_string(id) + ", 'failed') ends it");
      }
    }
    state().query(kDeleteRun).bind(1, id).run();
    return rowid;
  }
};

}  // namespace

constinit const TableEntry kRunTable = table_entry<RunTable>(
    "kv_run(id, job, status, owner, started_at, heartbeat_at, finished_at, done, total, percent, "
    "rate, eta, bar, error)",
    "The runs of all jobs, with their speed, the seconds left and a bar.");

}  // namespace larder
