// The ledger in SQL:
//
//   BEGIN IMMEDIATE;
//   INSERT INTO item SELECT ... WHERE ledger_mark('import', 'id-17');
//   COMMIT;
//   SELECT ledger_seen('import', 'id-17');
#include "feature_list.h"
#include "ledger/entry.h"
#include "ledger/forget.h"
#include "ledger/ledger.h"
#include "ledger/line.h"
#include "store/duration.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kReadDoneId[] = R"(
SELECT result, expires_at
FROM main.larder_ledger
WHERE ledger = ?1 AND id = ?2 AND status = 'done')";

// Marking an id settles its row, also one that waits, has failed or was skipped.
constexpr auto kMarkId =
    sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, result, created_at, done_at, expires_at)
VALUES (?1, ?2, 'done', ?4, ?3, ?3, ?5)
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'done', result = excluded.result, done_at = excluded.done_at, expires_at = excluded.expires_at,
  {}, owner = NULL, error = NULL,
  attempts = {},
  claimed_at = {},
  {}
WHERE status <> 'done' OR {})",
        kLedgerOutOfLine, unless_forgotten("attempts", "0"), unless_forgotten("claimed_at", "NULL"),
        kLedgerAnewIfForgotten, kLedgerForgotten);

// Whether the row of `entry` is done. Its result becomes that of the call `answer`, unless that is
// nullptr. The hot cache answers where it can.
bool is_done(Connection& connection, const Entry& entry, Call* answer = nullptr) {
  const HotKey key = entry.hot_key(connection);
  HotLookup hot(connection, key);
  if (const HotRow* row = hot.row()) {
    if (row->is_nothing() || is_forgotten(connection, row->deadline())) return false;
    if (answer != nullptr) row->give(*answer);
    return true;
  }
  if (!connection.schema().has("larder_ledger")) return false;
  Query row = entry.query_row(connection, kReadDoneId);
  if (!row.step()) {
    if (row.is_kept()) hot.found_nothing();
    return false;
  }
  const auto expires_at = row.optional_real(1);
  sqlite3_value* result = row.value(0);
  const HotRow* kept = row.is_kept() ? hot.found(result, expires_at) : nullptr;
  if (is_forgotten(connection, expires_at)) return false;
  if (answer != nullptr) kept != nullptr ? kept->give(*answer) : answer->result(result);
  return true;
}

// A first run marks one new id after the other, a re-run known ones.
struct MarkHistory {
  bool latest_was_known = true;
};

// Returns whether the id is new. One statement: it is complete wherever it runs.
bool store_mark(Connection& connection, const Entry& entry, sqlite3_value* result, Lifetime keep) {
  const HotKey key = entry.hot_key(connection);
  HotChange hot(connection, key);
  StatementScope scope(connection);
  std::optional<Transaction> transaction;
  if (hot.wants_lock()) {
    transaction.emplace(connection, Transaction::Inside::kJoin, Transaction::Lock::kMain);
    if (!transaction->is_joined()) hot.locked();
  }
  hot.will_store(result);
  const auto expires_at = keep.end(connection.clock().now());
  int changes = 0;
  {
    Query mark = entry.query(connection, kMarkId);
    if (result != nullptr) {
      mark.bind_borrowed(4, result);
    } else {
      mark.bind_null(4);
    }
    mark.bind(5, expires_at).run();
    changes = sqlite3_changes(connection.db());
  }
  if (transaction) transaction->commit();
  if (changes > 0) hot.finish(changes, result, expires_at);
  return changes > 0;
}

void ledger_mark(Connection& connection, Call& call) {
  const Entry entry(call);
  const Lifetime keep = call.count() > 3 ? lifetime_of(call[3], "keep") : Lifetime::forever();
  // Looking needs no write lock, but a new id pays for one more read, so we look first only after a
  // known id. Inside a caller's transaction we never do: the read would take a snapshot, and once
  // another process has written, nothing can be written on that snapshot.
  auto& known = connection.state<MarkHistory>().latest_was_known;
  if (known && connection.is_idle() && !connection.schema().is_replicated() &&
      is_done(connection, entry))
    return call.result(false);
  try {
    known = !store_mark(connection, entry, call.optional(2), keep);
  } catch (const Error& error) {
    // Where nothing can be written, an id that is known still gets its answer.
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

constexpr Function<Connection> kLedgerFunctions[] = {
    {"ledger_mark", 1, 4, kWrites, ledger_mark, "ledger_mark([ledger,] id [, result [, keep]])",
     "Records id as done, for ever or for keep; 1 if it is new, 0 if it was known."},
    {"ledger_seen", 1, 2, kReads, ledger_seen, "ledger_seen([ledger,] id)",
     "1 if id is done, else 0."},
    {"ledger_result", 2, 2, kReads, ledger_result, "ledger_result(ledger, id)",
     "The result with which id was marked; NULL if it is not done."},
    {"ledger_forget", 1, 2, kWrites, ledger_forget, "ledger_forget(ledger [, id])",
     "Forgets one id, or the whole ledger, outside a transaction in steps that commit; returns how "
     "many."},
};

constexpr const TableEntry* kLedgerTables[] = {&kLedgerTable, &kProgressTable};

}  // namespace

constinit const Feature kLedgerFeature{
    .name = "ledger",
    .functions = kLedgerFunctions,
    .tables = kLedgerTables,
    .sweep = sweep_ledger,
    .count_due = count_forgotten_ids,
    .stats = ledger_stats,
    .check = check_ledgers,
};

}  // namespace larder
