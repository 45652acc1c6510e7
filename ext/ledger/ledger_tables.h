// The kv_ledger table, one row an id, and kv_progress, one row a ledger.
//
//   SELECT i.* FROM items AS i
//   WHERE NOT EXISTS (SELECT 1 FROM kv_ledger WHERE ledger = 'import' AND id = i.id AND status =
//   'done'); SELECT ledger, done, total, bar FROM kv_progress;
#pragma once

#include <memory>

#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"
#include "store/connection.h"

namespace larder {

class LedgerTable {
 public:
  static constexpr const char* kName = "kv_ledger";
  static constexpr const char* kColumns =
      "CREATE TABLE x(ledger TEXT, id TEXT, status TEXT, payload, result, attempts INTEGER, error "
      "TEXT, owner TEXT, "
      "token INTEGER, lease_until REAL, created_at REAL, done_at REAL, expires_at REAL, "
      "PRIMARY KEY (ledger, id)) WITHOUT ROWID";

  explicit LedgerTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index);

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(LedgerTable& table) : connection_(table.state()) {}
    void filter(int plan, Values arguments);

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

class ProgressTable {
 public:
  static constexpr const char* kName = "kv_progress";
  static constexpr const char* kColumns =
      "CREATE TABLE x(ledger TEXT, total INTEGER, pending INTEGER, claimed INTEGER, done INTEGER, "
      "failed INTEGER, "
      "dead INTEGER, skipped INTEGER, percent REAL, rate REAL, eta REAL, bar TEXT, "
      "PRIMARY KEY (ledger)) WITHOUT ROWID";

  explicit ProgressTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index);

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(ProgressTable& table) : connection_(table.state()) {}
    void filter(int plan, Values arguments);

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace larder
