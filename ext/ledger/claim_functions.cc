// Work that several processes share, each id done by one of them at a time:
//
//   SELECT ledger_add('thumbnails', path) FROM photo;
//
//   SELECT ledger_next('thumbnails', '5m');
//     -- {"id":"a.jpg","token":2,"payload":null,"attempt":1}
//
//   BEGIN IMMEDIATE;
//   INSERT INTO thumbnail SELECT ... WHERE ledger_done('thumbnails', 'a.jpg', 2);
//   COMMIT;
//
// Each of these functions but ledger_next() changes rows in one statement, which is complete
// wherever it runs.
#include "feature_list.h"
#include "ledger/add.h"
#include "ledger/claim.h"
#include "ledger/ledger.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// Looking needs no write lock, but is one statement more. A connection whose latest claim got
// nothing will probably get nothing again, and looks first: a re-run claims one id after the other
// that is done already, and an idle worker asks an empty queue again and again.
struct ClaimHistory {
  bool latest_got_nothing = false;
};

bool looks_first(Connection& connection) {
  return connection.state<ClaimHistory>().latest_got_nothing && connection.is_idle() &&
         connection.schema().has("larder_ledger");
}

void ledger_claim(Connection& connection, Call& call) {
  const Entry entry(call);
  const Attempt attempt(connection, lease_of(call[2], "lease"), call.optional(3));
  std::optional<std::int64_t> token;
  Claimable state = looks_first(connection) ? look(connection, entry) : Claimable::kNow;
  if (state == Claimable::kNow) {
    token = claim(connection, entry, attempt);
    // When it has become claimable meanwhile, the next call claims it.
    if (!token) state = look(connection, entry);
  }
  connection.state<ClaimHistory>().latest_got_nothing = !token;
  if (state == Claimable::kNever) token = 0;
  if (token) call.result(*token);
}

void ledger_next(Connection& connection, Call& call) {
  sqlite3_value* ledger = call.required(0, "ledger");
  const Attempt attempt(connection, lease_of(call[1], "lease"), call.optional(2));
  const bool is_claimed = (!looks_first(connection) || has_claimable(connection, ledger)) &&
                          claim_next(connection, ledger, attempt, call);
  connection.state<ClaimHistory>().latest_got_nothing = !is_claimed;
}

// The caller still holds the row: ?4 is its token. A claim whose lease has ended is lost, also
// while nobody else has claimed the row.
constexpr auto kLedgerHeld =
    sql("status = 'claimed' AND token = ?4 AND {}", is_ahead("claimable_at", "?3"));

constexpr auto kFinishClaimedId = sql(R"(
UPDATE main.larder_ledger
SET status = 'done', result = ?5, done_at = ?3, expires_at = ?6, claimable_at = NULL, owner = NULL, error = NULL
WHERE ledger = ?1 AND id = ?2 AND {})",
                                      kLedgerHeld);

// ?6 is when it may be tried again, NULL for never.
constexpr auto kFailClaimedId = sql(R"(
UPDATE main.larder_ledger
SET status = iif(?6 IS NULL OR {}, 'dead', 'failed'),
  claimable_at = iif({}, NULL, ?6), owner = NULL, error = ?5
WHERE ledger = ?1 AND id = ?2 AND {})",
                                    kLedgerTriedEnough, kLedgerTriedEnough, kLedgerHeld);

// The lease never gets shorter. max() is NULL, for ever, when one of the two is.
constexpr auto kRenewClaimedId = sql(R"(
UPDATE main.larder_ledger
SET claimable_at = max(claimable_at, ?5)
WHERE ledger = ?1 AND id = ?2 AND {})",
                                     kLedgerHeld);

constexpr auto kSkipId =
    sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, error, created_at)
VALUES (?1, ?2, 'skipped', ?4, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'skipped', error = excluded.error, claimable_at = NULL, owner = NULL,
  attempts = {},
  {},
  result = NULL, done_at = NULL, expires_at = NULL
WHERE status NOT IN ('done', 'skipped') OR {})",
        attempts_unless_forgotten("attempts", "0"), kLedgerAnewIfForgotten, kLedgerForgotten);

// The row that the caller holds, with its token, the third argument, as ?4.
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
  Lifetime wait = call.count() > 4 ? lifetime_of(call[4], "retry_in") : Lifetime::seconds(0);
  // A time in the past would put it before others in line.
  if (wait.is_over()) wait = Lifetime::seconds(0);
  StatementScope scope(connection);
  Query fail = row.query(connection, kFailClaimedId);
  fail.bind_key(5, call[3]).bind(6, wait.end(connection.clock().now()));
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

void ledger_skip(Connection& connection, Call& call) {
  const Entry entry(call);
  StatementScope scope(connection);
  entry.query(connection, kSkipId).bind_key(4, call[2]).run();
  call.result(sqlite3_changes(connection.db()) > 0);
}

void ledger_add(Connection& connection, Call& call) {
  const Entry entry(call);
  StatementScope scope(connection);
  call.result(add_work(connection, entry, call.optional(2)));
}

constexpr Function<Connection> kClaimFunctions[] = {
    {"ledger_add", 2, 3, 0, ledger_add, "ledger_add(ledger, id [, payload])",
     "Adds an id to be done; 1 if it is new, 0 if it was known."},
    {"ledger_next", 2, 3, 0, ledger_next, "ledger_next(ledger, lease [, owner])",
     "Claims the id that has waited longest: JSON {id, token, payload, attempt}, or NULL."},
    {"ledger_claim", 3, 4, 0, ledger_claim, "ledger_claim(ledger, id, lease [, owner])",
     "Claims an id for lease; its token, 0 if it is settled, NULL if it cannot be had now."},
    {"ledger_renew", 4, 4, 0, ledger_renew, "ledger_renew(ledger, id, token, lease)",
     "Holds a claim for lease from now on, never shorter; 1, or 0 if it was lost."},
    {"ledger_done", 3, 5, 0, ledger_done, "ledger_done(ledger, id, token [, result [, keep]])",
     "Records a claimed id as done, for ever or for keep; 1, or 0 if the claim was lost."},
    {"ledger_fail", 4, 5, 0, ledger_fail, "ledger_fail(ledger, id, token, error [, retry_in])",
     "Gives a claim back with an error, to be tried again; 1, or 0 if it was lost."},
    {"ledger_skip", 3, 3, 0, ledger_skip, "ledger_skip(ledger, id, reason)",
     "Records that an id will not be done; 1, or 0 if it is done or skipped already."},
};

constexpr const Setting* kClaimSettings[] = {&kMaxAttempts};

}  // namespace

constinit const Feature kClaimFeature{
    .name = "claims",
    .functions = kClaimFunctions,
    .next_chance = next_claimable,
    .settings = kClaimSettings,
};

}  // namespace larder
