// Claiming: one id, or the next in line.
#include "ledger/claim.h"

#include "ledger/fence.h"
#include "ledger/json.h"
#include "store/overflow.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// ?4 is the end of the lease, ?5 the owner. A row that has had all its attempts and is not settled,
// because its last worker did not come back, is dead now. (What is claimable is no row that was
// done and forgotten.)
#define SPENT "(claimable_at <= ?3 AND " LARDER_LEDGER_TRIED_ENOUGH ")"
#define UNLESS_SPENT(value, otherwise) "iif(" SPENT ", " otherwise ", " value ")"
#define START_ATTEMPT \
  "status = " UNLESS_SPENT("'claimed'", "'dead'") ", "                 \
  "owner = " UNLESS_SPENT("?5", "NULL") ", "                           \
  "claimable_at = " UNLESS_SPENT("?4", "NULL") ", "                    \
  "token = " UNLESS_SPENT(LARDER_LEDGER_NEXT_TOKEN, "token") ", "      \
  "error = iif(" SPENT " AND status = 'claimed', 'the lease of the last attempt ended', error)"

constexpr char kClaim[] = R"(
INSERT INTO main.larder_ledger(ledger, id, status, attempts, owner, token, claimable_at, created_at)
VALUES (?1, ?2, 'claimed', 1, ?5, )" LARDER_LEDGER_NEW_TOKEN R"(, ?4, ?3)
ON CONFLICT(ledger, id) DO UPDATE
SET )" START_ATTEMPT R"(,
  attempts = )" LARDER_LEDGER_UNLESS_FORGOTTEN(UNLESS_SPENT("attempts + 1", "attempts"), "1") R"(,
  payload = )" LARDER_LEDGER_UNLESS_FORGOTTEN("payload", "NULL") R"(,
  created_at = )" LARDER_LEDGER_UNLESS_FORGOTTEN("created_at", "?3") R"(,
  result = NULL, done_at = NULL, expires_at = NULL
WHERE claimable_at <= ?3 OR )" LARDER_LEDGER_FORGOTTEN R"(
RETURNING status, token)";

constexpr char kLook[] =
    "SELECT " LARDER_LEDGER_SETTLED
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

void append_member(std::string& json, const char* name, sqlite3_value* value) {
  json += json.empty() ? "{\"" : ",\"";
  json += name;
  json += "\":";
  append_json(json, value);
}

// `row` is one of kNext.
std::string json_of(const Query& row) {
  std::string json;
  append_member(json, "id", row.value(1));
  append_member(json, "token", row.value(2));
  append_member(json, "payload", row.value(3));
  append_member(json, "attempt", row.value(4));
  json += '}';
  return json;
}

// A payload that SQLite can just store may be longer as JSON.
void check_size(Connection& connection, const std::string& json, sqlite3_value* id) {
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
  Query row = entry.query(connection, kLook);
  if (!row.step()) return Claimable::kNow;
  if (row.integer(0) != 0) return Claimable::kNever;
  return row.integer(1) != 0 ? Claimable::kNow : Claimable::kLater;
}

std::optional<std::int64_t> claim(Connection& connection, const Entry& entry,
                                  const Attempt& attempt) {
  StatementScope scope(connection);
  Query claim = entry.query(connection, kClaim);
  attempt.bind(claim);
  std::optional<std::int64_t> token;
  taking_token([&] {
    while (claim.step()) token = claim.text(0) == "claimed" ? claim.integer(1) : 0;
  });
  return token;
}

bool has_claimable(Connection& connection, sqlite3_value* ledger) {
  Query oldest = connection.query(OLDEST_CLAIMABLE);
  oldest.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
  return oldest.step();
}

// A transaction, so that nothing is claimed when there is no way to say what. What stands first in
// line and has had all its attempts dies on the way.
bool claim_next(Connection& connection, sqlite3_value* ledger, const Attempt& attempt, Call& call) {
  WriteScope scope(connection);
  bool is_claimed = false;
  const auto claim_first = [&] {
    Query row = connection.query(kNext);
    row.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
    attempt.bind(row);
    bool is_dead = false;
    while (row.step()) {
      is_dead = row.text(0) == "dead";
      if (is_dead) continue;
      is_claimed = true;
      const std::string json = json_of(row);
      check_size(connection, json, row.value(1));
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
