// The kv_ledger table: one row an id.
//
//   INSERT OR IGNORE INTO kv_ledger(ledger, id, payload) SELECT 'import', url, options FROM page;
//   INSERT INTO kv_ledger(ledger, id, status) SELECT 'import', id, 'done' FROM processed;
//   SELECT id, error FROM kv_ledger WHERE ledger = 'import' AND status = 'dead';
//   UPDATE kv_ledger SET status = 'pending', attempts = 0 WHERE status = 'dead';
//   DELETE FROM kv_ledger WHERE ledger = 'import' AND status = 'skipped';
#pragma once

#include <memory>

#include "ledger/ledger.h"
#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"
#include "store/connection.h"

namespace larder {

// The rows of `source` (kLedgerRows or its like) as the table shows them. A row that was never
// claimed has a token, too: its place in line, which is nobody's business. One that has an owner is
// claimed, or was until its lease ended.
consteval auto select_entries(const auto& source) {
  return sql(R"(
SELECT ledger, id, {} AS status, payload, result, attempts, error, owner,
  iif(attempts > 0, token, NULL) AS token,
  iif(owner IS NOT NULL, coalesce(claimable_at, in_line_since), NULL) AS lease_until,
  created_at, done_at, expires_at, priority, coalesce(claimable_at, in_line_since) AS claimable_at,
  claimed_at
FROM {}
WHERE {})",
             kLedgerStatus, source, kLedgerKnown);
}

class LedgerTable {
 public:
  static constexpr const char* kName = "kv_ledger";
  // A virtual table that is written needs a rowid, which larder_ledger has not, or a key of one
  // column: row_key, ledger and id in one (ledger/row_key.h). shown_at, for which a scan has given
  // out status, is for update(): UPDATE ... FROM hands over each column, hidden ones, too.
  static constexpr const char* kColumns =
      "CREATE TABLE x(ledger TEXT, id TEXT, status TEXT, payload, result, attempts INTEGER, error "
      "TEXT, owner TEXT, token INTEGER, lease_until REAL, created_at REAL, done_at REAL, "
      "expires_at REAL, priority INTEGER, claimable_at REAL, claimed_at REAL, shown_at REAL "
      "HIDDEN, row_key BLOB HIDDEN "
      "PRIMARY KEY NOT NULL) WITHOUT ROWID";
  enum Column {
    kLedger,
    kId,
    kStatus,
    kPayload,
    kResult,
    kAttempts,
    kError,
    kOwner,
    kToken,
    kLeaseUntil,
    kCreatedAt,
    kDoneAt,
    kExpiresAt,
    kPriority,
    kClaimableAt,
    kClaimedAt,
    kShownAt,
    kRowKey
  };

  explicit LedgerTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index);
  std::int64_t update(Values values);

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(LedgerTable& table) : connection_(table.state()) {}
    void filter(int plan, Values arguments);
    void next();
    void column(sqlite3_context* context, int column);

   private:
    void read_key();

    Connection& connection_;
    double now_ = 0;
    std::string key_;  // the row_key of the row
    std::string key_before_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace larder
