// Rows that wait to be claimed.
#include "ledger/fence.h"
#include "ledger/ledger.h"
#include "store/overflow.h"

namespace larder {

namespace {

// In line: behind what became claimable at the same time. (Its index has that row in one step.)
#define INSERT_PENDING                                                                            \
  "INSERT INTO main.larder_ledger(ledger, id, status, payload, token, claimable_at, created_at) " \
  "VALUES (?1, ?2, 'pending', ?4, 1 + max(" LARDER_LEDGER_FENCE                                   \
  ", coalesce((SELECT token FROM main.larder_ledger WHERE ledger = ?1 AND claimable_at = ?3 "     \
  "ORDER BY token DESC LIMIT 1), 0)), ?3, coalesce(?5, ?3)) "                                     \
  "ON CONFLICT(ledger, id) DO UPDATE "                                                            \
  "SET status = 'pending', payload = excluded.payload, result = NULL, attempts = 0, "             \
  "error = NULL, owner = NULL, token = max(excluded.token, " LARDER_LEDGER_NEXT_TOKEN             \
  "), "                                                                                           \
  "claimable_at = ?3, created_at = excluded.created_at, done_at = NULL, expires_at = NULL"

constexpr char kAdd[] = INSERT_PENDING " WHERE " LARDER_LEDGER_FORGOTTEN;
constexpr char kReplace[] = INSERT_PENDING;

}  // namespace

bool add_work(Connection& connection, const Entry& entry, sqlite3_value* payload, bool replaces,
              std::optional<double> created_at) {
  Query add = entry.query(connection, replaces ? Sql(kReplace) : Sql(kAdd));
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
