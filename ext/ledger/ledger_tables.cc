// The kv_ledger and kv_progress tables.
#include "ledger/ledger_tables.h"

#include "ledger/ledger.h"
#include "store/progress_bar.h"

namespace larder {

namespace {

#define SELECT_KNOWN                                                                   \
  "SELECT ledger, id, status, payload, result, attempts, error, owner, token, "        \
  "CASE status WHEN 'claimed' THEN claimable_at END, created_at, done_at, expires_at " \
  "FROM main.larder_ledger WHERE " LARDER_LEDGER_KNOWN

// By what is known of the row: nothing, its ledger, its id within the ledger.
constexpr const char* kSelects[] = {SELECT_KNOWN, SELECT_KNOWN " AND ledger = ?1",
                                    SELECT_KNOWN " AND ledger = ?1 AND id = ?2"};
constexpr const char* kPlanNames[] = {"all", "ledger=?", "ledger=? AND id=?"};

// `rate`: done per second over the minute that ends with the latest one. A minute that holds less
// than a second's work counts as a second, so that ten ids marked at once are not infinitely fast.
constexpr char kProgress[] = R"(
WITH known AS (
  SELECT ledger, status, done_at
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
    index.pass(*ledger);
    known = 1;
    if (id) {
      index.pass(*id);
      known = 2;
    }
  }
  constexpr double kRows[] = {1e6, 1e5, 1};
  index.choose(known, kPlanNames[known], kRows[known] * 2 + 1,
               static_cast<std::int64_t>(kRows[known]));
}

void LedgerTable::Cursor::filter(int plan, Values arguments) {
  start(std::nullopt);
  if (!connection_.schema().has("larder_ledger")) return;
  Query query = connection_.query(kSelects[plan]);
  query.bind(3, connection_.clock().now());
  if (plan >= 1) query.bind_key(1, arguments[0]);
  if (plan == 2) query.bind_key(2, arguments[1]);
  start(std::move(query));
}

void ProgressTable::best_index(Index& index) {
  const auto ledger = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ);
  if (ledger) index.pass(*ledger);
  index.choose(ledger ? 1 : 0, ledger ? "ledger=?" : "all", ledger ? 1e5 : 1e6, ledger ? 1 : 10);
}

void ProgressTable::Cursor::filter(int plan, Values arguments) {
  start(std::nullopt);
  if (!connection_.schema().has("larder_ledger")) return;
  if (plan == 1 && is_null(arguments[0])) return;  // ledger = NULL is never true
  Query query = connection_.query(kProgress);
  query.bind(3, connection_.clock().now());
  if (plan == 1) {
    query.bind_key(1, arguments[0]);
  } else {
    query.bind_null(1);
  }
  start(std::move(query));
}

}  // namespace larder
