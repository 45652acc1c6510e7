// The rules of the ledger, below the SQL functions and tables.
#pragma once

#include <optional>
#include <vector>

#include "store/connection.h"
#include "store/moment.h"

namespace larder {

// In every statement of the ledger ?1 is the ledger, ?2 the id and ?3 now. ?6 and ?7 are a place in
// line (ledger/line.h), where a statement has one.

// A row whose `keep` has passed is forgotten, whether or not a sweep has removed it.
inline constexpr auto kLedgerKnown = is_ahead("expires_at", "?3");
inline constexpr auto kLedgerForgotten = has_passed("expires_at", "?3");
inline bool is_forgotten(Connection& connection, std::optional<double> expires_at) {
  return expires_at && connection.clock().has_come(*expires_at);
}

// In an upsert: a forgotten row begins anew, as if it had just been added. Only its token stays,
// because tokens only grow.
consteval auto unless_forgotten(const auto& value, const auto& anew) {
  return sql("iif({}, {}, {})", kLedgerForgotten, anew, value);
}
inline constexpr auto kLedgerAnewIfForgotten =
    sql("payload = {}, created_at = {}, priority = {}", unless_forgotten("payload", "NULL"),
        unless_forgotten("created_at", "?3"), unless_forgotten("priority", "0"));

// Nothing is left to do. (For an IN with as many values SQLite would fill a table at every run.)
inline constexpr auto kLedgerSettled =
    sql("(status = 'done' OR status = 'skipped' OR status = 'dead')");

// When its lease has ended, a claim is nobody's and the row waits again, also before it comes into
// line (ledger/line.h). Its owner stays, to say who had it.
inline constexpr auto kLedgerLapsed = sql("(status = 'claimed' AND claimable_at <= ?3)");

// The status that kv_ledger and kv_progress show.
inline constexpr auto kLedgerStatus = sql("iif({}, 'pending', status)", kLedgerLapsed);

// The first time behind `since` at which something in a ledger becomes claimable by itself.
std::optional<double> next_claimable(Connection& connection, double since);

// The rows as they are read where nothing is written: those of a file of version 1 have no columns
// for the line, as nobody has written to it since (Schema::is_current()).
inline constexpr auto kLedgerRows = sql("main.larder_ledger");
inline constexpr auto kLedgerRowsOfVersion1 = sql(
    "(SELECT *, 0 AS priority, NULL AS in_line_since, NULL AS claimed_at FROM main.larder_ledger)");

// Removes forgotten rows.
Sweeper sweep_ledger(Connection& connection);
std::int64_t count_forgotten_ids(Connection& connection);

void check_ledgers(Connection& connection, Findings& findings);
void ledger_stats(Connection& connection, std::vector<Stat>& stats);

extern const TableEntry kLedgerTable;
extern const TableEntry kProgressTable;

}  // namespace larder
