// Rows that wait to be claimed.
#include "ledger/add.h"

#include "ledger/ledger.h"
#include "store/overflow.h"

namespace larder {

namespace {

// ?4 is the payload, ?5 the created_at that was given, or NULL; ?6 and ?7 are the place, ?8 is the
// priority.
constexpr auto kReplaceWork = sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, payload, token, in_line_since, claimable_at, created_at, priority)
VALUES (?1, ?2, 'pending', ?4, {}, ?6, ?7, coalesce(?5, ?3), ?8)
ON CONFLICT(ledger, id) DO UPDATE
SET status = 'pending', payload = excluded.payload, result = NULL, attempts = 0,
  error = NULL, owner = NULL, token = max(excluded.token, {}), in_line_since = excluded.in_line_since,
  claimable_at = excluded.claimable_at, created_at = excluded.created_at, done_at = NULL,
  expires_at = NULL, priority = excluded.priority, claimed_at = NULL)",
                                  kLedgerTokenBehind, kLedgerNextToken);

constexpr auto kAddWork = sql("{} WHERE {}", kReplaceWork, kLedgerForgotten);

}  // namespace

bool add_work(Connection& connection, const Entry& entry, const NewWork& work, bool replaces) {
  Query add = entry.query(connection, replaces ? Sql(kReplaceWork) : Sql(kAddWork));
  if (work.payload != nullptr) {
    add.bind_borrowed(4, work.payload);
  } else {
    add.bind_null(4);
  }
  add.bind(5, work.created_at).bind(8, work.priority);
  work.place.bind(add);
  taking_token([&] { add.run(); });
  return sqlite3_changes(connection.db()) > 0;
}

}  // namespace larder
