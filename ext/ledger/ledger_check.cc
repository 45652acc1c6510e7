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

// The beginning of a claim is not stored. One that ends before its row was made began before, too.
constexpr char kStrangeClaims[] = R"(
SELECT ledger, id, token
FROM main.larder_ledger
WHERE status = 'claimed' AND claimable_at > ?2
  AND ()" LARDER_FROM_FUTURE(
    "created_at", "?2") " AND claimable_at > created_at OR " LARDER_FAR_END("claimable_at",
                                                                            "?2") R"()
ORDER BY claimable_at DESC
LIMIT )" LARDER_MOST_NAMED;

constexpr char kStrangeWaiting[] = R"(
SELECT ledger, count(*)
FROM main.larder_ledger
WHERE status IN ('pending', 'failed') AND claimable_at > ?2 AND )" LARDER_FROM_FUTURE("created_at",
                                                                                      "?2") R"(
GROUP BY ledger
LIMIT )" LARDER_MOST_NAMED;

Finding strange_claim(const Query& row) {
  const std::string entry = literal_of(row.value(0)) + ", " + literal_of(row.value(1));
  return from_future(
      "ledger", "the claim of " + describe(row.value(0)) + ", " + describe(row.value(1)),
      "SELECT ledger_fail(" + entry + ", " + row.text(2) + ", 'clock') gives it back");
}

Finding strange_waiting(const Query& row) {
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
  Query counts = connection.query(kBroken);
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
        add_each(connection, kStrangeClaims, strange_claim, findings);
        add_each(connection, kStrangeWaiting, strange_waiting, findings);
      });
  add_backlog("forgotten_ids", counts.integer(6), counts.integer(7), "ids", findings);
}

}  // namespace larder
