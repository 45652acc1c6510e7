// The ledger in SQL:
//
//   BEGIN IMMEDIATE;
//   INSERT INTO item SELECT ... WHERE ledger_mark('import', 'id-17');
//   COMMIT;
//   SELECT ledger_seen('import', 'id-17');
#include <algorithm>

#include "feature_list.h"
#include "ledger/entry.h"
#include "ledger/fence.h"
#include "ledger/forget.h"
#include "ledger/ledger.h"
#include "ledger/ledger_tables.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kIsDone[] = R"(
SELECT result, expires_at
FROM main.larder_ledger
WHERE ledger = ?1 AND id = ?2 AND status = 'done')";

// A row that waits, failed or was skipped is not done: marking it settles it. One that is forgotten
// begins anew, but for the token, which only grows.
constexpr char kMark[] = R"(
INSERT INTO main.larder_ledger(ledger, id, status, result, created_at, done_at, expires_at)
VALUES (?1, ?2, 'done', ?4, ?3, ?3, ?5)
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'done', result = excluded.result, done_at = excluded.done_at, expires_at = excluded.expires_at,
  claimable_at = NULL, owner = NULL, error = NULL,
  attempts = )" LARDER_LEDGER_UNLESS_FORGOTTEN("attempts", "0") R"(,
  payload = )" LARDER_LEDGER_UNLESS_FORGOTTEN("payload", "NULL") R"(,
  created_at = )" LARDER_LEDGER_UNLESS_FORGOTTEN("created_at", "?3") R"(
WHERE status <> 'done' OR )" LARDER_LEDGER_FORGOTTEN;

// Whether the row of `entry` is done; `answer`, unless it is nullptr, gets its result as that of
// its call. From memory, where that is as good as the file.
bool is_done(Connection& connection, const Entry& entry, Call* answer = nullptr) {
  const HotKey key = entry.hot_key(connection);
  HotLookup hot(connection, key);
  if (const HotRow* row = hot.row()) {
    if (row->is_nothing() || is_forgotten(connection, row->deadline())) return false;
    if (answer != nullptr) row->give(*answer);
    return true;
  }
  if (!connection.schema().has("larder_ledger")) return false;
  Query row = entry.query_row(connection, kIsDone);
  if (!row.step()) {
    if (row.is_kept()) hot.found_nothing();
    return false;
  }
  const auto expires_at = row.optional_real(1);
  sqlite3_value* result = row.value(0);
  if (row.is_kept()) hot.found(result, expires_at);
  if (is_forgotten(connection, expires_at)) return false;
  if (answer != nullptr) answer->result(result);
  return true;
}

// A re-run marks known ids one after the other, a first run new ones.
struct MarkHistory {
  bool latest_was_known = true;
};

// Returns whether the id is new. One statement: it is complete wherever it runs.
bool store_mark(Connection& connection, const Entry& entry, sqlite3_value* result, Lifetime keep) {
  const HotKey key = entry.hot_key(connection);
  HotChange hot(connection, key);
  StatementScope scope(connection);
  const auto expires_at = keep.end(connection.clock().now());
  int changes = 0;
  {
    Query mark = entry.query(connection, kMark);
    if (result != nullptr) {
      mark.bind_borrowed(4, result);
    } else {
      mark.bind_null(4);
    }
    mark.bind(5, expires_at).run();
    changes = sqlite3_changes(connection.db());
  }
  if (changes > 0) hot.finish(changes, result, expires_at);
  return changes > 0;
}

void ledger_mark(Connection& connection, Call& call) {
  const Entry entry(call);
  const Lifetime keep = call.count() > 3 ? lifetime_of(call[3], "keep") : Lifetime::forever();
  // Looking needs no write lock, but costs a new id a read of its own: so only after a known one.
  // In a transaction of the caller's we look only by writing: a read first would take a snapshot
  // that another process can make too old to write on.
  auto& known = connection.state<MarkHistory>().latest_was_known;
  if (known && connection.is_idle() && is_done(connection, entry)) return call.result(false);
  try {
    known = !store_mark(connection, entry, call.optional(2), keep);
  } catch (const Error& error) {
    // What is known is known also where nothing can be written.
    if ((error.code() & 0xff) != SQLITE_READONLY || !is_done(connection, entry)) throw;
    known = true;
  }
  call.result(!known);
}

void ledger_seen(Connection& connection, Call& call) {
  const Entry entry(call);
  call.result(is_done(connection, entry));
}

void ledger_result(Connection& connection, Call& call) { is_done(connection, Entry(call), &call); }

constexpr Function<Connection> kFunctions[] = {
    {"ledger_mark", 1, 4, 0, ledger_mark, "ledger_mark([ledger,] id [, result [, keep]])",
     "Records id as done, for ever or for keep; 1 if it is new, 0 if it was known."},
    {"ledger_seen", 1, 2, 0, ledger_seen, "ledger_seen([ledger,] id)", "1 if id is done, else 0."},
    {"ledger_result", 2, 2, 0, ledger_result, "ledger_result(ledger, id)",
     "The result with which id was marked; NULL if it is not done."},
    {"ledger_forget", 1, 2, 0, ledger_forget, "ledger_forget(ledger [, id])",
     "Forgets one id, or the whole ledger, outside a transaction in steps that commit; returns how "
     "many."},
};

constexpr TableEntry kLedgerTable = table_entry<LedgerTable>(
    "kv_ledger(ledger, id, status, payload, result, attempts, error, owner, token, lease_until, "
    "created_at, done_at, expires_at)",
    "What is done and what is to be done, a row for each id.");

constexpr TableEntry kProgressTable = table_entry<ProgressTable>(
    "kv_progress(ledger, total, pending, claimed, done, failed, dead, skipped, percent, rate, eta, "
    "bar)",
    "How far each ledger is, with its speed, the seconds left and a bar.");

constexpr const TableEntry* kTables[] = {&kLedgerTable, &kProgressTable};

void ledger_stats(Connection& connection, std::vector<Stat>& stats) {
  static constexpr char kCount[] =
      "SELECT count(*) FROM main.larder_ledger WHERE " LARDER_LEDGER_KNOWN;
  std::int64_t ids = 0;
  if (connection.schema().has("larder_ledger")) {
    Query count = connection.query(kCount);
    count.bind(3, connection.clock().now()).step();
    ids = count.integer(0);
  }
  stats.push_back({"ledger_ids", ids});
}

constexpr Removal kSweep LARDER_LEDGER_REMOVAL(
    "(ledger, id) IN (SELECT ledger, id FROM main.larder_ledger WHERE " LARDER_LEDGER_FORGOTTEN
    " ORDER BY expires_at LIMIT ?1)");

}  // namespace

Sweeper sweep_ledger(Connection& connection) {
  return [&connection](std::int64_t rows, std::int64_t most) -> Swept {
    const double now = connection.clock().now();
    most = std::min(rows, most);
    const std::int64_t removed =
        kSweep.run(connection, [&](Query& query) { query.bind(1, most).bind(3, now); });
    return {removed, removed, removed > 0 && removed >= most};
  };
}

constinit const Feature kLedgerFeature{"ledger",     kFunctions,   kTables,
                                       sweep_ledger, ledger_stats, check_ledgers};

}  // namespace larder
