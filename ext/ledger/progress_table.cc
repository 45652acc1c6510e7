// The kv_progress table: one row a ledger.
//
//   SELECT ledger, done, total, bar FROM kv_progress;
#include "ledger/ledger.h"
#include "store/progress_bar.h"
#include "store/row_table.h"

namespace larder {

namespace {

// The ledgers that `condition` lets through. `rate` is how many were done per second in the minute
// that ends with the latest one. Less than a second of work counts as a second, so that ten ids
// marked at once are not infinitely fast. A ledger is read once in the order of the table, which
// needs no sorting, and once more for its rate. What is stored as claimed is counted twice, as one
// that has lapsed is shown as pending: to find the status of each row first takes longer.
consteval auto select_progress(const auto& condition) {
  return sql(R"(
WITH stored AS (
  SELECT ledger, count(*) AS total,
    count(*) FILTER (WHERE status = 'pending') AS pending,
    count(*) FILTER (WHERE status = 'claimed') AS claimed,
    count(*) FILTER (WHERE {}) AS lapsed,
    count(*) FILTER (WHERE status = 'done') AS done,
    count(*) FILTER (WHERE status = 'failed') AS failed,
    count(*) FILTER (WHERE status = 'dead') AS dead,
    count(*) FILTER (WHERE status = 'skipped') AS skipped,
    max(done_at) FILTER (WHERE status = 'done') AS latest
  FROM main.larder_ledger
  WHERE {} AND {}
  GROUP BY ledger
), shares AS MATERIALIZED (
  SELECT ledger, total, pending + lapsed AS pending, claimed - lapsed AS claimed, done, failed, dead,
    skipped, (done + skipped) * 100.0 / total AS percent, (
      SELECT count(*) / max(latest - min(done_at), 1.0)
      FROM main.larder_ledger
      WHERE ledger = stored.ledger AND done_at > latest - 60 AND status = 'done' AND {}) AS rate
  FROM stored
)
SELECT ledger, total, pending, claimed, done, failed, dead, skipped,
  round(percent, 1), round(coalesce(rate, 0.0), 3),
  CASE WHEN rate > 0 THEN round((pending + claimed + failed) / rate, 1) END,
  {}
FROM shares
ORDER BY ledger)",
             kLedgerLapsed, condition, kLedgerKnown, kLedgerKnown, progress_bar("percent"));
}

constexpr auto kAllProgress = select_progress("true");
constexpr auto kProgressOfLedger = select_progress("ledger = ?1");

constexpr Lookup kProgressLookups[] = {
    {.column = 0, .by = Lookup::By::kKey, .scan = {kProgressOfLedger, "ledger=?", 1e5, 1}}};

constexpr TableRows kProgressRows{
    .name = "kv_progress",
    .columns =
        "CREATE TABLE x(ledger TEXT, total INTEGER, pending INTEGER, claimed INTEGER, done "
        "INTEGER, failed INTEGER, dead INTEGER, skipped INTEGER, percent REAL, rate REAL, eta "
        "REAL, bar TEXT, PRIMARY KEY (ledger)) WITHOUT ROWID",
    .source = "larder_ledger",
    .now_parameter = 3,
    .all = {kAllProgress, "all", 1e6, 10},
    .lookups = kProgressLookups};

}  // namespace

constinit const TableEntry kProgressTable = table_entry<RowTable<kProgressRows>>(
    "kv_progress(ledger, total, pending, claimed, done, failed, dead, skipped, percent, rate, eta, "
    "bar)",
    "How far each ledger is, with its speed, the seconds left and a bar.");

}  // namespace larder
