// Work that several processes share, each id done by one of them at a time:
//
//   SELECT ledger_add('thumbnails', path) FROM photo;
//   SELECT ledger_next('thumbnails', '5m');   --
//   {"id":"a.jpg","token":1,"payload":null,"attempt":1} BEGIN IMMEDIATE; INSERT INTO thumbnail
//   SELECT ... WHERE ledger_done('thumbnails', 'a.jpg', 1); COMMIT;
//
// Each change but that of ledger_next() is one statement, complete wherever it runs.
#include "feature_list.h"
#include "ledger/fence.h"
#include "ledger/json.h"
#include "ledger/ledger.h"
#include "store/owner.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// ?4 is the token. A lease that has ended is lost, whether or not somebody else has the row by now.
#define HELD "status = 'claimed' AND token = ?4 AND (claimable_at IS NULL OR claimable_at > ?3)"

// The setting ledger.max_attempts. It is read by the statement that needs it: a statement of its
// own before would take a snapshot inside a caller's transaction, and a write that should wait for
// its turn would fail. What does not fit (kv_config() says so) is no limit.
#define TRIED_ENOUGH                                                   \
  "(attempts > 0 AND attempts >= (SELECT value FROM main.larder_meta " \
  "WHERE name = 'ledger.max_attempts' AND typeof(value) = 'integer' AND value > 0))"

// ?4 is the end of the lease, ?5 the owner. A row that has had all its attempts and is not settled,
// because its last worker did not come back, is dead now. (What is claimable is no row that was
// done and forgotten.)
#define SPENT "(claimable_at <= ?3 AND " TRIED_ENOUGH ")"
#define UNLESS_SPENT(value, otherwise) "iif(" SPENT ", " otherwise ", " value ")"
#define START_ATTEMPT \
  "status = " UNLESS_SPENT("'claimed'", "'dead'") ", "                 \
  "owner = " UNLESS_SPENT("?5", "NULL") ", "                           \
  "claimable_at = " UNLESS_SPENT("?4", "NULL") ", "                    \
  "token = " UNLESS_SPENT(LARDER_LEDGER_NEXT_TOKEN, "token") ", "      \
  "error = iif(" SPENT " AND status = 'claimed', 'the lease of the last attempt ended', error)"

// A row that was done and is forgotten begins anew.
#define UNLESS_FORGOTTEN(value, anew) "iif(" LARDER_LEDGER_FORGOTTEN ", " anew ", " value ")"
constexpr char kClaim[] = R"(
INSERT INTO main.larder_ledger(ledger, id, status, attempts, owner, token, claimable_at, created_at)
VALUES (?1, ?2, 'claimed', 1, ?5, )" LARDER_LEDGER_NEW_TOKEN R"(, ?4, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET )" START_ATTEMPT R"(,
  attempts = )" UNLESS_FORGOTTEN(UNLESS_SPENT("attempts + 1", "attempts"), "1") R"(,
  payload = )" UNLESS_FORGOTTEN("payload", "NULL") R"(,
  created_at = )" UNLESS_FORGOTTEN("created_at", "?3") R"(,
  result = NULL, done_at = NULL, expires_at = NULL
WHERE claimable_at <= ?3 OR )" LARDER_LEDGER_FORGOTTEN R"(
RETURNING status, token)";

#define IS_SETTLED "status IN ('done', 'skipped', 'dead')"
constexpr char kLook[] =
    "SELECT " IS_SETTLED
    ", claimable_at <= ?3 "
    "FROM main.larder_ledger WHERE ledger = ?1 AND id = ?2 AND " LARDER_LEDGER_KNOWN;

#define OLDEST_CLAIMABLE                                                        \
  "SELECT id FROM main.larder_ledger WHERE ledger = ?1 AND claimable_at <= ?3 " \
  "ORDER BY claimable_at, token LIMIT 1"
constexpr char kNext[] = R"(
UPDATE main.larder_ledger
SET )" START_ATTEMPT R"(, attempts = )" UNLESS_SPENT("attempts + 1", "attempts") R"(
WHERE ledger = ?1 AND id = ()" OLDEST_CLAIMABLE R"()
RETURNING status, id, token, payload, attempts)";

constexpr char kDone[] = R"(
UPDATE main.larder_ledger
SET status = 'done', result = ?5, done_at = ?3, expires_at = ?6, claimable_at = NULL, owner = NULL, error = NULL
WHERE ledger = ?1 AND id = ?2 AND )" HELD;

// ?6 is when it may be tried again, NULL for never.
constexpr char kFail[] = R"(
UPDATE main.larder_ledger
SET status = iif(?6 IS NULL OR )" TRIED_ENOUGH R"(, 'dead', 'failed'),
  claimable_at = iif()" TRIED_ENOUGH R"(, NULL, ?6), owner = NULL, error = ?5
WHERE ledger = ?1 AND id = ?2 AND )" HELD;

// max() of a lease for ever (NULL) and any other is for ever.
constexpr char kRenew[] = R"(
UPDATE main.larder_ledger
SET claimable_at = max(claimable_at, ?5)
WHERE ledger = ?1 AND id = ?2 AND )" HELD;

constexpr char kSkip[] = R"(
INSERT INTO main.larder_ledger(ledger, id, status, error, created_at)
VALUES (?1, ?2, 'skipped', ?4, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'skipped', error = excluded.error, claimable_at = NULL, owner = NULL,
  attempts = )" UNLESS_FORGOTTEN("attempts", "0") R"(,
  payload = )" UNLESS_FORGOTTEN("payload", "NULL") R"(,
  created_at = )" UNLESS_FORGOTTEN("created_at", "?3") R"(,
  result = NULL, done_at = NULL, expires_at = NULL
WHERE status NOT IN ('done', 'skipped') OR )" LARDER_LEDGER_FORGOTTEN;

// A lease that is over before it begins is nobody's wish: two would work on one id.
Lifetime lease_of(sqlite3_value* value) {
  const Lifetime lease = lifetime_of(value, "lease");
  if (lease.is_over()) throw Error("lease must be more than 0; got " + describe(value));
  return lease;
}

// What an attempt begins with: binds ?4 and ?5.
class Attempt {
 public:
  Attempt(Connection& connection, Lifetime lease, sqlite3_value* owner)
      : end_(lease.end(connection.clock().now())), owner_(owner) {
    if (owner == nullptr || is_null(owner)) default_owner_ = default_owner(connection);
  }

  void bind(Query& query) const {
    query.bind(4, end_);
    if (default_owner_.empty()) {
      query.bind_key(5, owner_);
    } else {
      query.bind(5, std::string_view(default_owner_));
    }
  }

 private:
  std::optional<double> end_;
  sqlite3_value* owner_;
  std::string default_owner_;
};

// Looking needs no write lock, but is one statement more. So a connection looks first only after it
// got nothing: a re-run claims ids that are done one after the other, and idle workers ask a queue
// that is empty again and again.
struct ClaimHistory {
  bool latest_got_nothing = false;
};

bool looks_first(Connection& connection) {
  return connection.state<ClaimHistory>().latest_got_nothing && connection.is_idle() &&
         connection.schema().has("larder_ledger");
}

enum class Claimable { kNow, kLater, kNever };

Claimable look(Connection& connection, const Entry& entry) {
  Query row = entry.query(connection, kLook);
  if (!row.step()) return Claimable::kNow;
  if (row.integer(0) != 0) return Claimable::kNever;
  return row.integer(1) != 0 ? Claimable::kNow : Claimable::kLater;
}

// The token; 0 when the row has just died.
std::optional<std::int64_t> claim(Connection& connection, const Entry& entry,
                                  const Attempt& attempt) {
  StatementScope scope(connection);
  Query claim = entry.query(connection, kClaim);
  attempt.bind(claim);
  std::optional<std::int64_t> token;
  while (claim.step()) token = claim.text(0) == "claimed" ? claim.integer(1) : 0;
  return token;
}

void ledger_claim(Connection& connection, Call& call) {
  const Entry entry(call);
  const Attempt attempt(connection, lease_of(call[2]), call.optional(3));
  std::optional<std::int64_t> token;
  if (!looks_first(connection) || look(connection, entry) == Claimable::kNow)
    token = claim(connection, entry, attempt);
  connection.state<ClaimHistory>().latest_got_nothing = !token;
  // Since the refusal it may have become claimable: that is for the next call.
  if (!token && look(connection, entry) == Claimable::kNever) token = 0;
  if (token) call.result(*token);
}

void append_member(std::string& json, const char* name, sqlite3_value* value) {
  json += json.empty() ? "{\"" : ",\"";
  json += name;
  json += "\":";
  append_json(json, value);
}

// The claimed row as JSON; the empty text when none is claimable. A transaction, so that nothing is
// claimed when there is no memory to say what.
std::string next(Connection& connection, sqlite3_value* ledger, const Attempt& attempt) {
  WriteScope scope(connection);
  std::string json;
  for (bool is_dead = true; is_dead;) {
    Query row = connection.query(kNext);
    row.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
    attempt.bind(row);
    is_dead = false;
    while (row.step()) {
      is_dead = row.text(0) == "dead";
      if (is_dead) continue;
      append_member(json, "id", row.value(1));
      append_member(json, "token", row.value(2));
      append_member(json, "payload", row.value(3));
      append_member(json, "attempt", row.value(4));
      json += '}';
    }
  }
  scope.commit();
  return json;
}

bool has_claimable(Connection& connection, sqlite3_value* ledger) {
  Query oldest = connection.query(OLDEST_CLAIMABLE);
  oldest.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
  return oldest.step();
}

void ledger_next(Connection& connection, Call& call) {
  if (is_null(call[0])) throw Error("ledger must not be NULL");
  const Attempt attempt(connection, lease_of(call[1]), call.optional(2));
  std::string json;
  if (!looks_first(connection) || has_claimable(connection, call[0]))
    json = next(connection, call[0], attempt);
  connection.state<ClaimHistory>().latest_got_nothing = json.empty();
  if (!json.empty()) call.result(std::string_view(json));
}

// A change by who holds the row: its token is the third argument. Binds ?4.
class HeldRow {
 public:
  explicit HeldRow(Call& call) : entry_(call), token_(integer_of(call[2], "token")) {}

  Query query(Connection& connection, const char* sql) const {
    Query query = entry_.query(connection, sql);
    query.bind(4, token_);
    return query;
  }

 private:
  Entry entry_;
  std::int64_t token_;
};

// Runs `change`; true when the row was still held.
bool run_if_held(Connection& connection, Query& change) {
  change.run();
  return sqlite3_changes(connection.db()) > 0;
}

void ledger_done(Connection& connection, Call& call) {
  const HeldRow row(call);
  const Lifetime keep = call.count() > 4 ? lifetime_of(call[4], "keep") : Lifetime::forever();
  StatementScope scope(connection);
  Query done = row.query(connection, kDone);
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
  if (wait.is_over()) wait = Lifetime::seconds(0);  // at once, and not before others in line
  StatementScope scope(connection);
  Query fail = row.query(connection, kFail);
  fail.bind(5, call[3]).bind(6, wait.end(connection.clock().now()));
  call.result(run_if_held(connection, fail));
}

void ledger_renew(Connection& connection, Call& call) {
  const HeldRow row(call);
  const Lifetime lease = lease_of(call[3]);
  StatementScope scope(connection);
  Query renew = row.query(connection, kRenew);
  renew.bind(5, lease.end(connection.clock().now()));
  call.result(run_if_held(connection, renew));
}

void ledger_skip(Connection& connection, Call& call) {
  const Entry entry(call);
  StatementScope scope(connection);
  entry.query(connection, kSkip).bind(4, call[2]).run();
  call.result(sqlite3_changes(connection.db()) > 0);
}

void ledger_add(Connection& connection, Call& call) {
  const Entry entry(call);
  StatementScope scope(connection);
  call.result(add_work(connection, entry, call.optional(2)));
}

constexpr Function<Connection> kFunctions[] = {
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

}  // namespace

constinit const Feature kClaimFeature{kFunctions, {}};

}  // namespace larder
