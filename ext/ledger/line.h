// The line of a ledger. A row that waits either stands in line (in_line_since) or waits for its
// time (claimable_at): each way has an index of its own, and a row is in one of them. In line the
// greatest priority comes first, then who is there longest, whatever the clock says. So claiming
// the first takes as long with a million rows that wait as with one, of any priorities.
//
// What waits for its time comes into line when somebody asks for the next one: let_in_due(). That
// is for what was added with a delay, what failed and is to be tried again later, and claims whose
// lease has ended.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/fence.h"
#include "ledger/ledger.h"
#include "store/connection.h"
#include "store/duration.h"

namespace larder {

// A row can be claimed: it is in line, or its time has come. What has been settled behind Larder's
// back, with plain SQL or by a Larder that knows no line, may still be there, and is settled.
inline constexpr auto kLedgerClaimable =
    sql("((in_line_since IS NOT NULL OR claimable_at <= ?3) AND NOT {})", kLedgerSettled);

// In a SET: the row waits for nothing.
inline constexpr auto kLedgerOutOfLine = sql("in_line_since = NULL, claimable_at = NULL");

// Where a row waits. Its two columns are ?6 and ?7 of a statement.
class Place {
 public:
  // In line since `moment`, or from then on if that is still to come.
  static Place from(double moment, double now) { return Place(moment, moment > now); }
  // Once `wait` is over, behind all that are there by then. One of less than nothing is none, and
  // one without an end has no place.
  static Place after(const Lifetime& wait, double now);

  // Binds ?6, in_line_since, and ?7, claimable_at. At most one of them is not NULL.
  void bind(Query& query) const {
    query.bind(6, is_ahead_ ? std::nullopt : moment_).bind(7, is_ahead_ ? moment_ : std::nullopt);
  }

 private:
  Place(std::optional<double> moment, bool is_ahead) : moment_(moment), is_ahead_(is_ahead) {}

  std::optional<double> moment_;
  bool is_ahead_;
};

// Reads a delay: nullptr and NULL are none. Throws Error, also for one without an end.
Lifetime delay_of(sqlite3_value* value);

// Reads a priority: nullptr and NULL are 0. Throws Error.
std::int64_t priority_of(sqlite3_value* value);

// In a statement: the token of a row that comes behind all that have the same place, ?6 and ?7, and
// the same priority, ?8. Rows of the same millisecond stand in line by their tokens.
inline constexpr auto kLedgerTokenBehind = sql(R"(1 + max({}, coalesce(iif(?7 IS NULL, (
    SELECT token
    FROM main.larder_ledger
    WHERE ledger = ?1 AND priority = ?8 AND in_line_since = ?6
    ORDER BY token DESC
    LIMIT 1), (
    SELECT token
    FROM main.larder_ledger
    WHERE ledger = ?1 AND claimable_at = ?7
    ORDER BY token DESC
    LIMIT 1)), 0)))",
                                               kLedgerFence);

// In a SELECT from larder_ledger: the line, and its order.
inline constexpr auto kLedgerInLine = sql("ledger = ?1 AND in_line_since IS NOT NULL");
inline constexpr auto kLedgerLineOrder = sql("priority DESC, in_line_since, token");

// How many rows come into line at once. If a million become due at once they come step by step, the
// earliest first, and no call holds the write lock for long.
inline constexpr std::int64_t kMostLetIn = 500;

// Puts into line what has waited for its time, kMostLetIn rows at most. Needs a WriteScope.
void let_in_due(Connection& connection, sqlite3_value* ledger);

// True when something in `ledger` can be claimed now. Needs larder_ledger to be there, and current.
bool has_claimable(Connection& connection, sqlite3_value* ledger);

}  // namespace larder
