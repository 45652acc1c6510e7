// The kv_expiry table: which tables of the user's have rows that expire, and when.
//
//   INSERT INTO kv_expiry VALUES ('session', 'last_seen', '30m', 's');
//   SELECT table_name, rows_due, last_swept_at, error FROM kv_expiry;
//   UPDATE kv_expiry SET after = '1h' WHERE table_name = 'session';
#pragma once

#include <memory>

#include "expiry/rule.h"
#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"

namespace larder {

class ExpiryTable {
 public:
  static constexpr const char* kName = "kv_expiry";
  // What Larder finds out is hidden, so that four values make a rule, and SELECT * counts no rows.
  static constexpr const char* kColumns =
      "CREATE TABLE x(table_name TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, column_name TEXT, after "
      "REAL, unit TEXT, rows_due INTEGER HIDDEN, last_swept_at REAL HIDDEN, error TEXT HIDDEN) "
      "WITHOUT ROWID";
  enum Column { kTable, kColumn, kAfter, kUnit, kRowsDue, kLastSweptAt, kError };

  explicit ExpiryTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index) { index.choose(0, "all", 100, 10); }
  std::int64_t update(Values values);

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(ExpiryTable& table) : connection_(table.state()) {}
    void filter(int plan, Values arguments);
    void column(sqlite3_context* context, int column);

   private:
    Connection& connection_;
  };

 private:
  void insert(Values columns);
  ExpiryRule changed_rule(sqlite3_value* table, Values columns);
  void update_rule(sqlite3_value* table, Values columns);

  std::shared_ptr<Connection> connection_;
};

}  // namespace larder
