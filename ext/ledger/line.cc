// The line of a ledger.
#include "ledger/line.h"

#include <algorithm>

namespace larder {

namespace {

// A claim whose lease has ended is none any more. Its owner stays, to say who had it.
constexpr char kLetInDue[] = R"(
UPDATE main.larder_ledger
SET status = iif(status = 'claimed', 'pending', status), in_line_since = claimable_at, claimable_at = NULL
WHERE ledger = ?1 AND id IN (
  SELECT id
  FROM main.larder_ledger
  WHERE ledger = ?1 AND claimable_at <= ?3
  ORDER BY claimable_at, token
  LIMIT ?4))";

constexpr char kAnyDue[] = R"(
SELECT 1
FROM main.larder_ledger
WHERE ledger = ?1 AND claimable_at <= ?3
LIMIT 1)";

constexpr auto kHasClaimable =
    sql("SELECT EXISTS (SELECT 1 FROM main.larder_ledger WHERE {}) OR EXISTS ({})", kLedgerInLine,
        kAnyDue);

Query query_of_ledger(Connection& connection, Sql sql, sqlite3_value* ledger) {
  Query query = connection.query(sql);
  query.bind_key(1, ledger).bind_null(2).bind(3, connection.clock().now());
  return query;
}

}  // namespace

Place Place::after(const Lifetime& wait, double now) {
  const auto end = wait.end(now);
  return end ? from(std::max(*end, now), now) : Place(std::nullopt, false);
}

Lifetime delay_of(sqlite3_value* value) {
  if (value == nullptr || is_null(value)) return Lifetime::seconds(0);
  const Lifetime delay = lifetime_of(value, "delay");
  if (!delay.seconds()) throw Error("delay must have an end; got " + describe(value));
  return delay;
}

std::int64_t priority_of(sqlite3_value* value) {
  return value == nullptr || is_null(value) ? 0 : integer_of(value, "priority");
}

void let_in_due(Connection& connection, sqlite3_value* ledger) {
  if (!query_of_ledger(connection, kAnyDue, ledger).step()) return;
  query_of_ledger(connection, kLetInDue, ledger).bind(4, kMostLetIn).run();
}

bool has_claimable(Connection& connection, sqlite3_value* ledger) {
  Query claimable = query_of_ledger(connection, kHasClaimable, ledger);
  return claimable.step() && claimable.integer(0) != 0;
}

}  // namespace larder
