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
// wherever it runs. Those that need a token are in held.cc.
#include "feature_list.h"
#include "ledger/add.h"
#include "ledger/claim.h"
#include "ledger/held.h"
#include "ledger/ledger.h"
#include "ledger/next.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// Looking needs no write lock, but is one statement more. A connection whose latest claim got
// nothing will probably get nothing again, and looks first: a re-run claims one id after the other
// that is done already, and an idle worker asks an empty queue again and again. (In a replicated
// file a call must not end otherwise where the connection is another one: it never looks first.)
struct ClaimHistory {
  bool latest_got_nothing = false;
};

bool looks_first(Connection& connection) {
  return connection.state<ClaimHistory>().latest_got_nothing && connection.is_idle() &&
         connection.schema().has("larder_ledger") && connection.schema().is_current() &&
         !connection.schema().is_replicated();
}

void ledger_claim(Connection& connection, Call& call) {
  const Entry entry(call);
  Attempt attempt(connection, lease_of(call[2], "lease"), call.optional(3));
  std::optional<std::int64_t> token;
  Claimable state = looks_first(connection) ? look(connection, entry) : Claimable::kNow;
  if (state == Claimable::kNow) {
    token = claim(connection, entry, attempt);
    if (!token) state = look(connection, entry);
    // It has had all its attempts, or has become claimable meanwhile: then the next call claims it.
    if (!token && state == Claimable::kNow && bury(connection, entry)) state = Claimable::kNever;
  }
  connection.state<ClaimHistory>().latest_got_nothing = !token;
  if (state == Claimable::kNever) token = 0;
  if (token) call.result(*token);
}

// How many jobs are asked for, as an array; nothing for one, as itself.
std::optional<std::int64_t> most_of(sqlite3_value* value) {
  if (value == nullptr || is_null(value)) return std::nullopt;
  const std::int64_t most = integer_of(value, "max");
  if (most < 1) throw Error("max must be 1 or more; got " + describe(value));
  return most;
}

void ledger_next(Connection& connection, Call& call) {
  sqlite3_value* ledger = call.required(0, "ledger");
  Attempt attempt(connection, lease_of(call[1], "lease"), call.optional(2));
  const auto most = most_of(call.optional(3));
  const bool may_be_any = !looks_first(connection) || has_claimable(connection, ledger);
  const bool is_claimed = may_be_any && claim_next(connection, ledger, attempt, most, call);
  if (!may_be_any && most) call.result(std::string_view("[]"));
  connection.state<ClaimHistory>().latest_got_nothing = !is_claimed;
}

constexpr auto kSkipId =
    sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, error, created_at)
VALUES (?1, ?2, 'skipped', ?4, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'skipped', error = excluded.error, {}, owner = NULL,
  attempts = {},
  claimed_at = {},
  {},
  result = NULL, done_at = NULL, expires_at = NULL
WHERE status NOT IN ('done', 'skipped') OR {})",
        kLedgerOutOfLine, unless_forgotten("attempts", "0"), unless_forgotten("claimed_at", "NULL"),
        kLedgerAnewIfForgotten, kLedgerForgotten);

void ledger_skip(Connection& connection, Call& call) {
  const Entry entry(call);
  StatementScope scope(connection);
  entry.query(connection, kSkipId).bind_key(4, call[2]).run();
  call.result(sqlite3_changes(connection.db()) > 0);
}

void ledger_add(Connection& connection, Call& call) {
  const Entry entry(call);
  const auto delay = delay_of(call.optional(3));
  const std::int64_t priority = priority_of(call.optional(4));
  StatementScope scope(connection);
  // The clock may look at the file, so it comes after the lock.
  const Place place = Place::after(delay, connection.clock().now());
  call.result(add_work(connection, entry, {call.optional(2), place, priority}));
}

constexpr Function<Connection> kClaimFunctions[] = {
    {"ledger_add", 2, 5, kWrites, ledger_add,
     "ledger_add(ledger, id [, payload [, delay [, priority]]])",
     "Adds an id to be done, the greatest priority (0) first; 1 if it is new, 0 if it was known."},
    {"ledger_next", 2, 4, kWrites, ledger_next, "ledger_next(ledger, lease [, owner [, max]])",
     "Claims the first in line: JSON {id, token, payload, attempt}, or NULL; an array of up to "
     "max."},
    {"ledger_claim", 3, 4, kWrites, ledger_claim, "ledger_claim(ledger, id, lease [, owner])",
     "Claims an id for lease; its token, 0 if it is settled, NULL if it cannot be had now."},
    {"ledger_renew", 4, 4, kWrites, ledger_renew, "ledger_renew(ledger, id, token, lease)",
     "Holds a claim for lease from now on, never shorter; 1, or 0 if it was lost."},
    {"ledger_done", 3, 5, kWrites, ledger_done,
     "ledger_done(ledger, id, token [, result [, keep]])",
     "Records a claimed id as done, for ever or for keep; 1, or 0 if the claim was lost."},
    {"ledger_fail", 4, 5, kWrites, ledger_fail,
     "ledger_fail(ledger, id, token, error [, retry_in])",
     "Gives a claim back with an error, to be tried again; 1, or 0 if it was lost."},
    {"ledger_release", 3, 4, kWrites, ledger_release, "ledger_release(ledger, id, token [, delay])",
     "Gives a claim back, in front or after delay, as no attempt; 1, or 0 if it was lost."},
    {"ledger_skip", 3, 3, kWrites, ledger_skip, "ledger_skip(ledger, id, reason)",
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
