// The kv_run table: one row a run.
#include "run/run.h"
#include "sqlite/cursors.h"
#include "store/progress_bar.h"

namespace larder {

namespace {

// `rate` is over the whole run up to its latest heartbeat; less than a second's work counts as a
// second's. A run whose lease has ended shows as crashed before anybody has written that down.
#define SELECT_RUNS(condition)                                                                 \
  "WITH run AS (SELECT *, iif(" LARDER_RUN_CRASHED                                             \
  ", 'crashed', status) AS now_is, "                                                           \
  "iif(total > 0, done * 100.0 / total, NULL) AS percent, "                                    \
  "done / max(heartbeat_at - started_at, 1.0) AS rate FROM main.larder_run" condition          \
  ") "                                                                                         \
  "SELECT id, job, now_is, owner, started_at, heartbeat_at, finished_at, done, total, "        \
  "round(percent, 1), round(rate, 3), "                                                        \
  "CASE WHEN now_is = 'running' AND rate > 0 THEN round(max(total - done, 0) / rate, 1) END, " \
  "CASE WHEN percent IS NOT NULL THEN " LARDER_BAR("percent") " END, error FROM run ORDER BY id"

enum Plan { kAll, kOfJob, kOne };

constexpr Sql kSelects[] = {SELECT_RUNS(""), SELECT_RUNS(" WHERE job = ?1"),
                                    SELECT_RUNS(" WHERE id = ?1")};

class RunTable {
 public:
  static constexpr const char* kName = "kv_run";
  static constexpr const char* kColumns =
      "CREATE TABLE x(id INTEGER, job TEXT, status TEXT, owner TEXT, started_at REAL, "
      "heartbeat_at REAL, finished_at REAL, done INTEGER, total INTEGER, percent REAL, rate REAL, "
      "eta REAL, bar TEXT, error TEXT, PRIMARY KEY (id)) WITHOUT ROWID";

  explicit RunTable(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }

  void best_index(Index& index) {
    if (const auto id = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ)) {
      index.pass(*id);
      index.choose(kOne, "id=?", 3, 1);
    } else if (const auto job = index.find(1, SQLITE_INDEX_CONSTRAINT_EQ)) {
      index.hand_over(*job);
      index.choose(kOfJob, "job=?", 1000, 500);
    } else {
      index.choose(kAll, "all", 1e5, 50000);
    }
  }

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(RunTable& table) : connection_(table.state()) {}

    void filter(int plan, Values arguments) {
      clear();
      if (!connection_.schema().has("larder_run")) return;
      Query query = connection_.query(kSelects[plan]);
      query.bind(2, connection_.clock().now());
      if (plan == kOfJob) query.bind_key(1, keep(arguments[0]));
      if (plan == kOne) query.bind(1, arguments[0]);
      start(std::move(query));
    }

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace

constinit const TableEntry kRunTable = table_entry<RunTable>(
    "kv_run(id, job, status, owner, started_at, heartbeat_at, finished_at, done, total, percent, "
    "rate, eta, bar, error)",
    "The runs of all jobs, with their speed, the seconds left and a bar.");

}  // namespace larder
