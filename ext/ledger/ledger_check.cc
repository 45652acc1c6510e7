// What kv_check says of the ledgers.
#include "ledger/ledger.h"
#include "store/findings.h"

namespace larder {

namespace {

// The rules of sql/schema/ledger.sql. A claim for ever has no claimable_at, and is not settled.
constexpr auto kBrokenLedgerEntries = sql(R"(
SELECT
  count(*) FILTER (WHERE typeof(claimable_at) NOT IN ('real', 'null') OR typeof(done_at) NOT IN ('real', 'null')
    OR typeof(expires_at) NOT IN ('real', 'null') OR typeof(created_at) <> 'real' OR typeof(attempts) <> 'integer'),
  count(*) FILTER (WHERE claimable_at IS NOT NULL AND {}),
  count(*) FILTER (WHERE claimable_at IS NULL AND status IN ('pending', 'failed')),
  count(*) FILTER (WHERE (owner IS NULL) = (status = 'claimed')),
  count(*) FILTER (WHERE (token IS NULL AND status NOT IN ('done', 'skipped')) OR token < 1),
  count(*) FILTER (WHERE (done_at IS NULL) = (status = 'done') OR (expires_at IS NOT NULL AND status <> 'done')),
  count(*) FILTER (WHERE {}),
  count(*)
FROM main.larder_ledger)",
                                          kLedgerSettled, kLedgerForgotten);

// Claims from the future. When a claim began is not stored. One that ends before its row was made
// began before that, too, and is no claim from the future.
constexpr auto kLedgerClaimsFromFuture =
    sql(R"(
SELECT ledger, id, token
FROM main.larder_ledger
WHERE status = 'claimed' AND claimable_at > ?2 AND ({} AND claimable_at > created_at OR {})
ORDER BY claimable_at DESC
LIMIT {})",
        is_from_future("created_at", "?2"), is_far_end("claimable_at", "?2"), kMostNamed);

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
      "INSERT OR REPLACE INTO kv_ledger(ledger, id, payload) SELECT ledger, id, payload FROM "
      "kv_ledger WHERE ledger = " +
          literal_of(row.value(0)) +
          " AND status IN ('pending', 'failed') AND created_at > kv_clock() lets it be claimed "
          "now, from the first attempt on");
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
             "NULL mends that",
             "wait, and nobody can claim them; INSERT OR REPLACE INTO kv_ledger mends that",
             "are claimed by nobody, or have an owner and are not claimed",
             "wait or are claimed, and have no token",
             "are done at no time, or have a time for it and are not done"},
            findings);
        check_counter(connection, "ledger", "ledger.fence", findings);
        add_each(connection, kLedgerClaimsFromFuture, ledger_claim_from_future, findings);
        add_each(connection, kLedgerWaitingFromFuture, ledger_waiting_from_future, findings);
      });
  add_backlog("forgotten_ids", counts.integer(6), counts.integer(7), "ids", findings);
}

}  // namespace larder
