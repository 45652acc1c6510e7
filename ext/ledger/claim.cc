// Claiming one id.
#include "ledger/claim.h"

#include "ledger/ledger.h"
#include "store/overflow.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// An id that is not known is added. A forgotten one begins anew.
constexpr auto kClaimId =
    sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, attempts, owner, token, claimable_at, created_at, claimed_at)
VALUES (?1, ?2, 'claimed', 1, ?5, {}, ?4, ?3, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET {},
  attempts = {},
  {},
  result = NULL, done_at = NULL, expires_at = NULL
WHERE ({} AND {} IS NOT TRUE) OR {}
RETURNING token)",
        kLedgerNewToken, kStartAttempt, unless_forgotten("attempts + 1", "1"),
        kLedgerAnewIfForgotten, kLedgerClaimable, kLedgerTriedEnough, kLedgerForgotten);

constexpr auto kLookAtId = sql(R"(
SELECT {}, {}
FROM main.larder_ledger
WHERE ledger = ?1 AND id = ?2 AND {})",
                               kLedgerSettled, kLedgerClaimable, kLedgerKnown);

}  // namespace

Claimable look(Connection& connection, const Entry& entry) {
  Query row = entry.query(connection, kLookAtId);
  if (!row.step()) return Claimable::kNow;
  if (row.integer(0) != 0) return Claimable::kNever;
  return row.integer(1) != 0 ? Claimable::kNow : Claimable::kLater;
}

std::optional<std::int64_t> claim(Connection& connection, const Entry& entry, Attempt& attempt) {
  StatementScope scope(connection);
  Query claim = entry.query(connection, kClaimId);
  attempt.bind(claim);
  std::optional<std::int64_t> token;
  taking_token([&] {
    while (claim.step()) token = claim.integer(0);
  });
  return token;
}

bool bury(Connection& connection, const Entry& entry) {
  StatementScope scope(connection);
  entry.query(connection, kBurySpent).run();
  return sqlite3_changes(connection.db()) > 0;
}

}  // namespace larder
