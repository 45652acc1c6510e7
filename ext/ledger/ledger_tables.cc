// The kv_ledger and kv_progress tables.
#include "ledger/ledger_tables.h"

#include "ledger/fence.h"
#include "ledger/insert.h"
#include "ledger/ledger.h"
#include "ledger/row_key.h"
#include "store/progress_bar.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// A claim whose lease has ended is nobody's: the row waits again. It still shows whose it was.
#define STATUS "iif(status = 'claimed' AND claimable_at <= ?3, 'pending', status)"

// The token of a row that was never claimed is its place in line, and nobody's business.
#define SELECT_KNOWN                                                                   \
  "SELECT ledger, id, " STATUS                                                         \
  ", payload, result, attempts, error, owner, "                                        \
  "iif(attempts > 0, token, NULL), "                                                   \
  "CASE status WHEN 'claimed' THEN claimable_at END, created_at, done_at, expires_at " \
  "FROM main.larder_ledger WHERE " LARDER_LEDGER_KNOWN

// By what is known of the row: nothing, its ledger, its id within the ledger.
constexpr Sql kSelects[] = {SELECT_KNOWN " ORDER BY ledger, id",
                                    SELECT_KNOWN " AND ledger = ?1 ORDER BY id",
                                    SELECT_KNOWN " AND ledger = ?1 AND id = ?2"};
constexpr const char* kPlanNames[] = {"all", "ledger=?", "ledger=? AND id=?"};

// `rate`: done per second over the minute that ends with the latest one. A minute that holds less
// than a second's work counts as a second, so that ten ids marked at once are not infinitely fast.
constexpr char kProgress[] = R"(
WITH known AS (
  SELECT ledger, )" STATUS R"( AS status, done_at
  FROM main.larder_ledger
  WHERE (?1 IS NULL OR ledger = ?1) AND )" LARDER_LEDGER_KNOWN R"(
), counts AS (
  SELECT ledger, count(*) AS total,
    count(*) FILTER (WHERE status = 'pending') AS pending,
    count(*) FILTER (WHERE status = 'claimed') AS claimed,
    count(*) FILTER (WHERE status = 'done') AS done,
    count(*) FILTER (WHERE status = 'failed') AS failed,
    count(*) FILTER (WHERE status = 'dead') AS dead,
    count(*) FILTER (WHERE status = 'skipped') AS skipped,
    max(done_at) FILTER (WHERE status = 'done') AS latest
  FROM known
  GROUP BY ledger
), rates AS (
  SELECT ledger, count(*) / max(latest - min(done_at), 1.0) AS rate
  FROM known JOIN counts USING (ledger)
  WHERE status = 'done' AND done_at > latest - 60
  GROUP BY ledger
), shares AS (
  SELECT *, (done + skipped) * 100.0 / total AS percent
  FROM counts LEFT JOIN rates USING (ledger)
)
SELECT ledger, total, pending, claimed, done, failed, dead, skipped, round(percent, 1), round(coalesce(rate, 0.0), 3),
  CASE WHEN rate > 0 THEN round((pending + claimed + failed) / rate, 1) END, )" LARDER_BAR(
    "percent") R"(
FROM shares
ORDER BY ledger)";

}  // namespace

void LedgerTable::best_index(Index& index) {
  const auto ledger = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ);
  const auto id = index.find(1, SQLITE_INDEX_CONSTRAINT_EQ);
  int known = 0;
  if (ledger) {
    index.hand_over(*ledger);
    known = 1;
    if (id) {
      index.hand_over(*id);
      known = 2;
    }
  }
  constexpr double kRows[] = {1e6, 1e5, 1};
  index.choose(known, kPlanNames[known], kRows[known] * 2 + 1,
               static_cast<std::int64_t>(kRows[known]));
}

void LedgerTable::Cursor::filter(int plan, Values arguments) {
  clear();
  if (!connection_.schema().has("larder_ledger")) return;
  Query query = connection_.query(kSelects[plan]);
  query.bind(3, connection_.clock().now());
  if (plan >= 1) query.bind_key(1, keep(arguments[0]));
  if (plan == 2) query.bind_key(2, keep(arguments[1]));
  start(std::move(query));
  latest_ = at_end() ? std::string() : row_key(query_->value(kLedger), query_->value(kId));
}

// A row that the statement changes while it reads, as SELECT ledger_done(ledger, id, token) FROM
// kv_ledger does, may come a second time: SQLite finds its place in a table without rowid again by
// the whole row, and the changed one can stand behind it.
void LedgerTable::Cursor::next() {
  for (bool is_same = true; is_same;) {
    QueryCursor::next();
    if (at_end()) return;
    std::string key = row_key(query_->value(kLedger), query_->value(kId));
    is_same = key == latest_;
    latest_ = std::move(key);
  }
}

void LedgerTable::Cursor::column(sqlite3_context* context, int column) {
  if (column == kRowKey) {
    const std::string key = row_key(query_->value(kLedger), query_->value(kId));
    sqlite3_result_blob64(context, key.data(), key.size(), SQLITE_TRANSIENT);
  } else {
    QueryCursor::column(context, column);
  }
}

// https://sqlite.org/vtab.html#the_xupdate_method: one value deletes; a NULL first one inserts;
// else it updates. The statement that calls us holds the write lock.
std::int64_t LedgerTable::update(Values values) {
  static constexpr Removal kDelete LARDER_LEDGER_REMOVAL("ledger = ?1 AND id = ?2");
  const std::int64_t rowid = sqlite3_last_insert_rowid(connection_->db());
  StatementScope scope(*connection_);
  if (values.size() == 1) {
    const RowKey key(bytes_of(values[0]));
    kDelete.run(*connection_, [&](Query& query) { key.bind(query); });
  } else if (is_null(values[0])) {
    const bool replaces = sqlite3_vtab_on_conflict(connection_->db()) == SQLITE_REPLACE;
    insert_entry(*connection_, values.subspan(2), replaces);
  } else {
    throw Error("rows cannot be updated; the ledger_ functions change them");
  }
  return rowid;
}

void ProgressTable::best_index(Index& index) {
  const auto ledger = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ);
  if (ledger) index.hand_over(*ledger);
  index.choose(ledger ? 1 : 0, ledger ? "ledger=?" : "all", ledger ? 1e5 : 1e6, ledger ? 1 : 10);
}

void ProgressTable::Cursor::filter(int plan, Values arguments) {
  clear();
  if (!connection_.schema().has("larder_ledger")) return;
  if (plan == 1 && is_null(arguments[0])) return;  // ledger = NULL is never true
  Query query = connection_.query(kProgress);
  query.bind(3, connection_.clock().now());
  if (plan == 1) {
    query.bind_key(1, keep(arguments[0]));
  } else {
    query.bind_null(1);
  }
  start(std::move(query));
}

}  // namespace larder
