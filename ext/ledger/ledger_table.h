// The kv_ledger table: one row an id.
//
//   INSERT OR IGNORE INTO kv_ledger(ledger, id, payload) SELECT 'import', url, options FROM page;
//   INSERT INTO kv_ledger(ledger, id, status) SELECT 'import', id, 'done' FROM processed;
//   SELECT id, error FROM kv_ledger WHERE ledger = 'import' AND status = 'dead';
//   DELETE FROM kv_ledger WHERE ledger = 'import' AND status = 'skipped';
#pragma once

#include <memory>

#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"
#include "store/connection.h"

namespace larder {

class LedgerTable {
 public:
  static constexpr const char* kName = "kv_ledger";
  // A virtual table that is written needs a rowid, which larder_ledger has not, or a key of one
  // column: row_key, ledger and id in one (ledger/row_key.h).
  static constexpr const char* kColumns =
      "CREATE TABLE x(ledger TEXT, id TEXT, status TEXT, payload, result, attempts INTEGER, error "
      "TEXT, owner TEXT, token INTEGER, lease_until REAL, created_at REAL, done_at REAL, "
      "expires_at REAL, row_key BLOB HIDDEN PRIMARY KEY NOT NULL) WITHOUT ROWID";
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
    Connection& connection_;
    std::string latest_;  // the row_key of the row
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace larder
