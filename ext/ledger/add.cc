// Rows that wait to be claimed.
#include "ledger/add.h"

#include "ledger/fence.h"
#include "ledger/ledger.h"
#include "store/overflow.h"

namespace larder {

namespace {

// The latest token among the rows that became claimable at this very moment: a new row stands in
// line behind them. (The index on claimable_at finds it in one step.)
constexpr auto kLedgerLatestInLine = sql(R"(coalesce((
    SELECT token
    FROM main.larder_ledger
    WHERE ledger = ?1 AND claimable_at = ?3
    ORDER BY token DESC
    LIMIT 1), 0))");

// ?4 is the payload, ?5 the created_at that was given, or NULL.
constexpr auto kReplaceWork = sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, payload, token, claimable_at, created_at)
VALUES (?1, ?2, 'pending', ?4, 1 + max({}, {}), ?3, coalesce(?5, ?3))
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'pending', payload = excluded.payload, result = NULL, attempts = 0,
  error = NULL, owner = NULL, token = max(excluded.token, {}),
  claimable_at = ?3, created_at = excluded.created_at, done_at = NULL, expires_at = NULL)",
                                  kLedgerFence, kLedgerLatestInLine, kLedgerNextToken);

constexpr auto kAddWork = sql("{} WHERE {}", kReplaceWork, kLedgerForgotten);

}  // namespace

bool add_work(Connection& connection, const Entry& entry, sqlite3_value* payload, bool replaces,
              std::optional<double> created_at) {
  Query add = entry.query(connection, replaces ? Sql(kReplaceWork) : Sql(kAddWork));
  if (payload != nullptr) {
    add.bind_borrowed(4, payload);
  } else {
    add.bind_null(4);
  }
  add.bind(5, created_at);
  taking_token([&] { add.run(); });
  return sqlite3_changes(connection.db()) > 0;
}

}  // namespace larder
