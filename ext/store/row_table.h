// A read-only virtual table over one table of Larder's, from rows that say what it shows:
//
//   constexpr Lookup kNoteLookups[] = {
//       {.column = 0, .by = Lookup::By::kKey, .scan = {kOneNote, "name=?", 3, 1}}};
//   constexpr TableRows kNoteRows{.name = "kv_note",
//                                 .columns = "CREATE TABLE x(name TEXT, …) WITHOUT ROWID",
//                                 .source = "larder_note",
//                                 .now_parameter = 0,
//                                 .all = {kAllNotes, "all", 200, 100},
//                                 .lookups = kNoteLookups};
//   constexpr TableEntry kNoteTable =
//       table_entry<RowTable<kNoteRows>>("kv_note(name, …)", "All notes.");
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"
#include "store/connection.h"

namespace larder {

// A way to read a table: a SELECT whose columns are those of the table.
struct Scan {
  Sql select;
  const char* name;  // what EXPLAIN QUERY PLAN shows
  double cost;
  std::int64_t rows;  // how many to expect
};

// A way to read the rows for which `column = ?`. The value is ?1 of the SELECT.
struct Lookup {
  // A key compares as its text does (sqlite/key.h), so SQLite must not compare it again. A number
  // is left to SQLite to check.
  enum class By { kKey, kNumber };

  int column;
  By by;
  Scan scan;
};

// What a table shows.
struct TableRows {
  const char* name;
  const char* columns;  // the CREATE TABLE that is declared to SQLite
  const char* source;   // the table of Larder's that is read; while it is missing there are no rows
  int now_parameter;    // which parameter of each SELECT is the current time; 0 for none
  Scan all;
  std::span<const Lookup> lookups;
};

// Chooses the cheapest of the lookups that a statement's constraints allow, or else all rows. Plan
// 0 is all rows, plan i + 1 is lookup i.
void choose_scan(const TableRows& rows, Index& index);

class RowTableCursor : public QueryCursor {
 public:
  RowTableCursor(Connection& connection, const TableRows& rows)
      : connection_(connection), rows_(rows) {}
  void filter(int plan, Values arguments);

 private:
  Connection& connection_;
  const TableRows& rows_;
};

template <const TableRows& rows>
class RowTable {
 public:
  static constexpr const char* kName = rows.name;
  static constexpr const char* kColumns = rows.columns;

  explicit RowTable(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index) { choose_scan(rows, index); }

  struct Cursor : RowTableCursor {
    explicit Cursor(RowTable& table) : RowTableCursor(table.state(), rows) {}
  };

 private:
  std::shared_ptr<Connection> connection_;
};

}  // namespace larder
