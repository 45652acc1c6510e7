// Runs in SQL: the history of a job, its progress, and never two at a time.
//
//   SELECT run_start('import', '5m', 1000);  -- the run 7; NULL while another run is alive
//   SELECT run_tick(7, 10);  -- ten more are done, and five minutes from now to go on; 0: stop!
//   SELECT run_finish(7);
//
//   SELECT job, status, bar, eta FROM kv_run;
#include "feature_list.h"
#include "run/run.h"
#include "store/duration.h"
#include "store/overflow.h"
#include "store/owner.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr auto kMarkCrashed = sql(R"(
UPDATE main.larder_run
SET status = 'crashed'
WHERE job = ?1 AND {})",
                                  kRunCrashed);

constexpr char kIsRunning[] = R"(
SELECT 1 FROM main.larder_run WHERE job = ?1 AND status = 'running')";

// 'run.last_id' is also above the runs that somebody has deleted. An id must not come again: the
// process of a deleted run may be held up somewhere, and would go on with the new run as its own.
constexpr char kTakeRunId[] = R"(
INSERT INTO main.larder_meta(name, value)
SELECT 'run.last_id', 1 + coalesce(max(id), 0) FROM main.larder_run WHERE true
ON CONFLICT(name) DO UPDATE SET value = max(excluded.value, 1 + CAST(value AS INTEGER))
RETURNING value)";

constexpr char kStartRun[] = R"(
INSERT INTO main.larder_run(id, job, status, owner, started_at, heartbeat_at, lease, lease_until, total)
VALUES (?7, ?1, 'running', ?3, ?2, ?2, ?4, ?5, ?6))";

// The lease never gets shorter. max() is NULL, never, for a lease without an end.
constexpr auto kTickRun = sql(R"(
UPDATE main.larder_run
SET done = done + ?3, total = coalesce(?4, total), heartbeat_at = ?2,
  lease_until = max(lease_until, round(?2 + lease, 3))
WHERE id = ?1 AND {})",
                              kRunAlive);

constexpr auto kFinishRun = sql(R"(
UPDATE main.larder_run
SET status = ?3, error = ?4, heartbeat_at = ?2, finished_at = ?2
WHERE id = ?1 AND {})",
                                kRunAlive);

// A number of items; nothing where the argument is left out or NULL.
std::optional<std::int64_t> items_of(sqlite3_value* value, const char* what) {
  if (value == nullptr || is_null(value)) return std::nullopt;
  const std::int64_t items = integer_of(value, what);
  if (items < 0) throw Error(std::string(what) + " must be 0 or more; got " + describe(value));
  return items;
}

void bind_items(Query& query, int index, std::optional<std::int64_t> items) {
  if (items) {
    query.bind(index, *items);
  } else {
    query.bind_null(index);
  }
}

std::int64_t take_run_id(Connection& connection) {
  std::int64_t id = 0;
  Query next = connection.query(kTakeRunId);
  while (next.step()) {
    // After the greatest integer SQLite goes on in REAL.
    if (sqlite3_value_type(next.value(0)) != SQLITE_INTEGER)
      throw Error("the ids are used up: see 'run.last_id' in larder_meta");
    id = next.integer(0);
  }
  check_written(connection, "larder_meta");
  return id;
}

void run_start(Connection& connection, Call& call) {
  sqlite3_value* job = call.required(0, "job");
  const Lifetime lease = lease_of(call[1], "lease");
  const auto total = items_of(call.optional(2), "total");
  Owner owner(connection, call.optional(3));
  WriteScope scope(connection);
  const double now = connection.clock().now();
  connection.query(kMarkCrashed).bind_key(1, job).bind(2, now).run();
  const bool is_running = connection.query(kIsRunning).bind_key(1, job).step();
  if (!is_running) {
    const std::int64_t id = take_run_id(connection);
    Query start = connection.query(kStartRun);
    start.bind_key(1, job).bind(2, now);
    owner.bind(start, 3);
    start.bind(4, lease.seconds()).bind(5, lease.end(now)).bind(7, id);
    bind_items(start, 6, total);
    start.run();
    check_written(connection, "larder_run");
    call.result(id);
  }
  scope.commit();
}

void run_tick(Connection& connection, Call& call) {
  const std::int64_t run = integer_of(call[0], "run");
  const auto n = items_of(call.optional(1), "n");
  const auto total = items_of(call.optional(2), "total");
  StatementScope scope(connection);
  Query tick = connection.query(kTickRun);
  tick.bind(1, run).bind(2, connection.clock().now()).bind(3, n.value_or(1));
  bind_items(tick, 4, total);
  counting_up("typeof(done)", "with n more, done is larger than an integer can be",
              [&] { tick.run(); });
  call.result(sqlite3_changes(connection.db()) > 0);
}

void run_finish(Connection& connection, Call& call) {
  const std::int64_t run = integer_of(call[0], "run");
  sqlite3_value* status = call.optional(1);
  const bool is_given = status != nullptr && !is_null(status);
  if (is_given && is_blob(status)) throw Error("status must be text; got " + describe(status));
  const std::string_view outcome = is_given ? text_of(status) : "finished";
  if (outcome != "finished" && outcome != "failed")
    throw Error("status must be 'finished' or 'failed'; got " + describe(status));
  StatementScope scope(connection);
  Query finish = connection.query(kFinishRun);
  finish.bind(1, run).bind(2, connection.clock().now()).bind(3, outcome);
  if (sqlite3_value* error = call.optional(2)) {
    finish.bind_key(4, error);
  } else {
    finish.bind_null(4);
  }
  finish.run();
  call.result(sqlite3_changes(connection.db()) > 0);
}

constexpr Function<Connection> kRunFunctions[] = {
    {"run_start", 2, 4, kWrites, run_start, "run_start(job, lease [, total [, owner]])",
     "Begins a run of job and returns its id; NULL while another run of it is alive."},
    {"run_tick", 1, 3, kWrites, run_tick, "run_tick(run [, n [, total]])",
     "n (1) more are done, and the lease begins anew; 1, or 0 if the run has lost it: stop."},
    {"run_finish", 1, 3, kWrites, run_finish, "run_finish(run [, status [, error]])",
     "Ends a run as 'finished' or 'failed'; 1, or 0 if it had lost its lease."},
};

constexpr const TableEntry* kRunTables[] = {&kRunTable};
constexpr const Setting* kRunSettings[] = {&kRunKeep};

}  // namespace

constinit const Feature kRunFeature{
    .name = "runs",
    .functions = kRunFunctions,
    .tables = kRunTables,
    .sweep = sweep_runs,
    .count_due = count_outdated_runs,
    .stats = run_stats,
    .check = check_runs,
    .settings = kRunSettings,
};

}  // namespace larder
