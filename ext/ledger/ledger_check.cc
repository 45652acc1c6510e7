// What kv_check says of the ledgers.
#include "ledger/ledger.h"
#include "store/findings.h"

namespace larder {

namespace {

// The rules of sql/schema/ledger.sql. A claim for ever has no claimable_at, and is not settled.
constexpr char kBroken[] = R"(
SELECT
  count(*) FILTER (WHERE typeof(claimable_at) NOT IN ('real', 'null') OR typeof(done_at) NOT IN ('real', 'null')
    OR typeof(expires_at) NOT IN ('real', 'null') OR typeof(created_at) <> 'real' OR typeof(attempts) <> 'integer'),
  count(*) FILTER (WHERE claimable_at IS NOT NULL AND )" LARDER_LEDGER_SETTLED R"(),
  count(*) FILTER (WHERE claimable_at IS NULL AND status IN ('pending', 'failed')),
  count(*) FILTER (WHERE (owner IS NULL) = (status = 'claimed')),
  count(*) FILTER (WHERE (token IS NULL AND status NOT IN ('done', 'skipped')) OR token < 1),
  count(*) FILTER (WHERE (done_at IS NULL) = (status = 'done') OR (expires_at IS NOT NULL AND status <> 'done')),
  count(*) FILTER (WHERE )" LARDER_LEDGER_FORGOTTEN R"(),
  count(*)
FROM main.larder_ledger)";

}  // namespace

void check_ledgers(Connection& connection, Findings& findings) {
  Query counts = connection.query(kBroken);
  counts.bind_null(1).bind_null(2).bind(3, connection.clock().now());
  const bool rows_fit =
      rules_hold(counts, "ledger",
                 {"have a time or a count that is not a number",
                  "are settled and claimable all the same; UPDATE larder_ledger SET claimable_at = "
                  "NULL mends that",
                  "wait, and nobody can claim them; INSERT OR REPLACE INTO kv_ledger mends that",
                  "are claimed by nobody, or have an owner and are not claimed",
                  "wait or are claimed, and have no token",
                  "are done at no time, or have a time for it and are not done"},
                 findings);
  const bool fence_fits = counter_holds(connection, "ledger", "ledger.fence", findings);
  if (rows_fit && fence_fits)
    findings.push_back({"ledger", Finding::Status::kOk, "states, claims and tokens fit"});
  add_backlog("forgotten_ids", counts.integer(6), counts.integer(7), "ids", findings);
}

}  // namespace larder
