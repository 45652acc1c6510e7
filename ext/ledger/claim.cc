// Claiming: one id, or the next in line.
#include "ledger/claim.h"

#include "ledger/fence.h"
#include "ledger/json.h"
#include "ledger/ledger.h"
#include "store/overflow.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// A claimable row that has had all its attempts: the worker of the last one has never come back. A
// claim does not start another attempt then, but makes the row dead. (No forgotten row is meant:
// only what is done is ever forgotten, and that has no claimable_at.)
constexpr auto kLedgerSpent = sql("(claimable_at <= ?3 AND {})", kLedgerTriedEnough);

// What a claim makes of a row: an attempt, or a dead row. ?4 is the end of the lease, ?5 the owner.
constexpr auto kLedgerStartAttempt =
    sql(R"(
  status = iif({}, 'dead', 'claimed'),
  owner = iif({}, NULL, ?5),
  claimable_at = iif({}, NULL, ?4),
  token = iif({}, token, {}),
  error = iif({} AND status = 'claimed', 'the lease of the last attempt ended', error))",
        kLedgerSpent, kLedgerSpent, kLedgerSpent, kLedgerSpent, kLedgerNextToken, kLedgerSpent);

constexpr auto kLedgerCountAttempt = sql("iif({}, attempts, attempts + 1)", kLedgerSpent);

// An id that is not known is added. A forgotten one begins anew.
constexpr auto kClaimId =
    sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, attempts, owner, token, claimable_at, created_at)
VALUES (?1, ?2, 'claimed', 1, ?5, {}, ?4, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET {},
  attempts = {},
  {},
  result = NULL, done_at = NULL, expires_at = NULL
WHERE claimable_at <= ?3 OR {}
RETURNING status, token)",
        kLedgerNewToken, kLedgerStartAttempt, attempts_unless_forgotten(kLedgerCountAttempt, "1"),
        kLedgerAnewIfForgotten, kLedgerForgotten);

constexpr auto kLookAtId = sql(R"(
SELECT {}, claimable_at <= ?3
FROM main.larder_ledger
WHERE ledger = ?1 AND id = ?2 AND {})",
                               kLedgerSettled, kLedgerKnown);

constexpr char kFirstInLine[] = R"(
  SELECT id
  FROM main.larder_ledger
  WHERE ledger = ?1 AND claimable_at <= ?3
  ORDER BY claimable_at, token LIMIT 1)";

constexpr auto kClaimNextId = sql(R"(
UPDATE main.larder_ledger
SET {},
  attempts = {}
WHERE ledger = ?1 AND id = ({})
RETURNING status, id, token, payload, attempts)",
                                  kLedgerStartAttempt, kLedgerCountAttempt, kFirstInLine);

void append_json_member(std::string& json, const char* name, sqlite3_value* value) {
  json += json.empty() ? "{\"" : ",\"";
  json += name;
  json += "\":";
  append_json(json, value);
}

// `row` is one of kClaimNextId.
std::string claim_as_json(const Query& row) {
  std::string json;
  append_json_member(json, "id", row.value(1));
  append_json_member(json, "token", row.value(2));
  append_json_member(json, "payload", row.value(3));
  append_json_member(json, "attempt", row.value(4));
  json += '}';
  return json;
}

// A payload that is just small enough to be stored can be too large as JSON.
void check_json_size(Connection& connection, const std::string& json, sqlite3_value* id) {
  const int most = sqlite3_limit(connection.db(), SQLITE_LIMIT_LENGTH, -1);
  if (json.size() <= static_cast<std::size_t>(most)) return;
  throw Error(SQLITE_TOOBIG, "the payload of " + describe(id) +
                                 " is too large for JSON; ledger_claim() can claim it");
}

}  // namespace

Attempt::Attempt(Connection& connection, Lifetime lease, sqlite3_value* owner)
    : end_(lease.end(connection.clock().now())), owner_(connection, owner) {}

void Attempt::bind(Query& query) const {
  query.bind(4, end_);
  owner_.bind(query, 5);
}

Claimable look(Connection& connection, const Entry& entry) {
  Query row = entry.query(connection, kLookAtId);
  if (!row.step()) return Claimable::kNow;
  if (row.integer(0) != 0) return Claimable::kNever;
  return row.integer(1) != 0 ? Claimable::kNow : Claimable::kLater;
}

std::optional<std::int64_t> claim(Connection& connection, const Entry& entry,
                                  const Attempt& attempt) {
  StatementScope scope(connection);
  Query claim = entry.query(connection, kClaimId);
  attempt.bind(claim);
  std::optional<std::int64_t> token;
  taking_token([&] {
    while (claim.step()) token = claim.text(0) == "claimed" ? claim.integer(1) : 0;
  });
  return token;
}

bool has_claimable(Connection& connection, sqlite3_value* ledger) {
  Query oldest = connection.query(kFirstInLine);
  oldest.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
  return oldest.step();
}

// In a transaction: when the row cannot be given to the caller, its claim is undone. A row that
// stands first in line and has had all its attempts becomes dead, and the next one is tried.
bool claim_next(Connection& connection, sqlite3_value* ledger, const Attempt& attempt, Call& call) {
  WriteScope scope(connection);
  bool is_claimed = false;
  const auto claim_first = [&] {
    Query row = connection.query(kClaimNextId);
    row.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
    attempt.bind(row);
    bool is_dead = false;
    while (row.step()) {
      is_dead = row.text(0) == "dead";
      if (is_dead) continue;
      is_claimed = true;
      const std::string json = claim_as_json(row);
      check_json_size(connection, json, row.value(1));
      call.result(std::string_view(json));
      call.check_result();
    }
    return !is_dead;
  };
  taking_token([&] {
    while (!claim_first()) {
    }
  });
  scope.commit();
  return is_claimed;
}

}  // namespace larder
