// What the holder of a claim does with it: each function is one statement, complete wherever it
// runs, and changes nothing once the claim is lost.
#include "ledger/held.h"

#include "ledger/attempt.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// The caller still holds the row: ?4 is its token. A claim whose lease has ended is lost, also
// while nobody else has claimed the row.
constexpr auto kLedgerHeld =
    sql("status = 'claimed' AND token = ?4 AND {}", is_ahead("claimable_at", "?3"));

// ?5 is the result, ?6 the end of `keep`.
constexpr auto kFinishClaimedId = sql(R"(
UPDATE main.larder_ledger
SET status = 'done', result = ?5, done_at = ?3, expires_at = ?6, {}, owner = NULL, error = NULL
WHERE ledger = ?1 AND id = ?2 AND {})",
                                      kLedgerOutOfLine, kLedgerHeld);

// ?5 is the error, ?6 and ?7 the place where it waits for the next try: without one it is dead.
constexpr auto kFailClaimedId =
    sql(R"(
UPDATE main.larder_ledger
SET status = iif(coalesce(?6, ?7) IS NULL OR {}, 'dead', 'failed'),
  in_line_since = iif({}, NULL, ?6), claimable_at = iif({}, NULL, ?7), owner = NULL, error = ?5
WHERE ledger = ?1 AND id = ?2 AND {})",
        kLedgerTriedEnough, kLedgerTriedEnough, kLedgerTriedEnough, kLedgerHeld);

// The lease never gets shorter. max() is NULL, for ever, when one of the two is.
constexpr auto kRenewClaimedId = sql(R"(
UPDATE main.larder_ledger
SET claimable_at = max(claimable_at, ?5)
WHERE ledger = ?1 AND id = ?2 AND {})",
                                     kLedgerHeld);

// In front of what was added later, also within its millisecond. ?7 is when a delay is over, NULL
// for none.
constexpr auto kReleaseClaimedId = sql(R"(
UPDATE main.larder_ledger
SET status = iif(error IS NULL, 'pending', 'failed'), attempts = max(attempts - 1, 0), owner = NULL,
  in_line_since = iif(?7 IS NULL, round(min(created_at, ?3) - 0.001, 3), NULL), claimable_at = ?7
WHERE ledger = ?1 AND id = ?2 AND {})",
                                       kLedgerHeld);

// The row that the caller holds, with its token as ?4.
class HeldRow {
 public:
  explicit HeldRow(Call& call) : entry_(call), token_(integer_of(call[2], "token")) {}

  Query query(Connection& connection, Sql sql) const {
    Query query = entry_.query(connection, sql);
    query.bind(4, token_);
    return query;
  }

 private:
  Entry entry_;
  std::int64_t token_;
};

// Runs `change`. Returns true when the caller still held the row.
bool run_if_held(Connection& connection, Query& change) {
  change.run();
  return sqlite3_changes(connection.db()) > 0;
}

}  // namespace

void ledger_done(Connection& connection, Call& call) {
  const HeldRow row(call);
  const Lifetime keep = call.count() > 4 ? lifetime_of(call[4], "keep") : Lifetime::forever();
  StatementScope scope(connection);
  Query done = row.query(connection, kFinishClaimedId);
  if (call.count() > 3) {
    done.bind(5, call[3]);
  } else {
    done.bind_null(5);
  }
  done.bind(6, keep.end(connection.clock().now()));
  call.result(run_if_held(connection, done));
}

void ledger_fail(Connection& connection, Call& call) {
  const HeldRow row(call);
  const Lifetime wait = call.count() > 4 ? lifetime_of(call[4], "retry_in") : Lifetime::seconds(0);
  StatementScope scope(connection);
  Query fail = row.query(connection, kFailClaimedId);
  fail.bind_key(5, call[3]);
  Place::after(wait, connection.clock().now()).bind(fail);
  call.result(run_if_held(connection, fail));
}

void ledger_renew(Connection& connection, Call& call) {
  const HeldRow row(call);
  const Lifetime lease = lease_of(call[3], "lease");
  StatementScope scope(connection);
  Query renew = row.query(connection, kRenewClaimedId);
  renew.bind(5, lease.end(connection.clock().now()));
  call.result(run_if_held(connection, renew));
}

void ledger_release(Connection& connection, Call& call) {
  const HeldRow row(call);
  const Lifetime delay = delay_of(call.optional(3));
  StatementScope scope(connection);
  Query release = row.query(connection, kReleaseClaimedId);
  Place::after(delay, connection.clock().now()).bind(release);
  call.result(run_if_held(connection, release));
}

}  // namespace larder
