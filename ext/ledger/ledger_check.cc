// What kv_check says of the ledgers.
#include "ledger/ledger.h"
#include "store/findings.h"

namespace larder {

namespace {

// The rules of sql/schema/ledger.sql. A claim for ever has no claimable_at, and is not settled.
constexpr auto kBrokenLedgerEntries = sql(R"(
SELECT
  count(*) FILTER (WHERE typeof(claimable_at) NOT IN ('real', 'null') OR typeof(in_line_since) NOT IN ('real', 'null')
    OR typeof(claimed_at) NOT IN ('real', 'null') OR typeof(done_at) NOT IN ('real', 'null')
    OR typeof(expires_at) NOT IN ('real', 'null') OR typeof(created_at) <> 'real' OR typeof(attempts) <> 'integer'
    OR typeof(priority) <> 'integer'),
  count(*) FILTER (WHERE coalesce(claimable_at, in_line_since) IS NOT NULL AND {}),
  count(*) FILTER (WHERE coalesce(claimable_at, in_line_since) IS NULL AND status IN ('pending', 'failed')),
  count(*) FILTER (WHERE in_line_since IS NOT NULL AND (claimable_at IS NOT NULL OR status = 'claimed')),
  count(*) FILTER (WHERE iif(status = 'claimed', owner IS NULL, owner IS NOT NULL AND in_line_since IS NULL)),
  count(*) FILTER (WHERE (token IS NULL AND status NOT IN ('done', 'skipped')) OR token < 1),
  count(*) FILTER (WHERE (done_at IS NULL) = (status = 'done') OR (expires_at IS NOT NULL AND status <> 'done')),
  count(*) FILTER (WHERE {}),
  count(*)
FROM main.larder_ledger)",
                                          kLedgerSettled, kLedgerForgotten);

// Claims from the future. (One that was made before the file had version 2 does not say when it
// began.)
constexpr auto kLedgerClaimsFromFuture =
    sql(R"(
SELECT ledger, id, token
FROM main.larder_ledger
WHERE status = 'claimed' AND claimable_at > ?2 AND ({} OR {})
ORDER BY claimable_at DESC
LIMIT {})",
        is_from_future("claimed_at", "?2"), is_far_end("claimable_at", "?2"), kMostNamed);

// What waits for a time of a clock that was ahead. (What stands in line can be claimed at any
// time.)
constexpr auto kLedgerWaitingFromFuture = sql(R"(
SELECT ledger, count(*)
FROM main.larder_ledger
WHERE status IN ('pending', 'failed') AND claimable_at > ?2 AND {}
GROUP BY ledger
LIMIT {})",
                                              is_from_future("created_at", "?2"), kMostNamed);

Finding ledger_claim_from_future(const Query& row) {
  const std::string entry = literal_of(row.value(0)) + ", " + literal_of(row.value(1));
  return from_future(
      "ledger", "the claim of " + describe(row.value(0)) + ", " + describe(row.value(1)),
      "SELECT ledger_fail(" + entry + ", " + row.text(2) + ", 'clock') gives it back");
}

Finding ledger_waiting_from_future(const Query& row) {
  return from_future(
      "ledger", "what waits in " + describe(row.value(0)) + " (" + row.text(1) + " id(s))",
      "UPDATE kv_ledger SET claimable_at = kv_clock() WHERE ledger = " + literal_of(row.value(0)) +
          " AND status IN ('pending', 'failed') AND created_at > kv_clock() AND claimable_at > "
          "kv_clock() lets it be claimed now");
}

}  // namespace

void check_ledgers(Connection& connection, Findings& findings) {
  Query counts = connection.query(kBrokenLedgerEntries);
  counts.bind_null(1).bind_null(2).bind(3, connection.clock().now());
  add_unless_found(
      {"ledger", Finding::Status::kOk, "states, claims and tokens fit"}, findings, [&] {
        check_rules(
            counts, "ledger",
            {"have a time or a count that is not a number",
             "are settled and claimable all the same; UPDATE larder_ledger SET claimable_at = "
             "NULL, in_line_since = NULL WHERE status IN ('done', 'skipped', 'dead') mends that",
             "wait, and nobody can claim them; UPDATE kv_ledger SET claimable_at = kv_clock() "
             "WHERE "
             "status IN ('pending', 'failed') AND claimable_at IS NULL mends that",
             "stand in line, and wait for their time or are claimed as well",
             "are claimed by nobody, or have an owner and are not claimed",
             "wait or are claimed, and have no token",
             "are done at no time, or have a time for it and are not done"},
            findings);
        check_counter(connection, "ledger", "ledger.fence", findings);
        add_each(connection, kLedgerClaimsFromFuture, ledger_claim_from_future, findings);
        add_each(connection, kLedgerWaitingFromFuture, ledger_waiting_from_future, findings);
      });
  add_backlog("forgotten_ids", counts.integer(7), counts.integer(8), "ids", findings);
}

}  // namespace larder
