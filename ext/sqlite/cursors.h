// The cursors that virtual tables share: over the rows of a query, over a list, and over nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sqlite/statement.h"
#include "sqlite/value.h"

namespace larder {

// Shows the rows of a query as they are: column i of the table is column i of the query.
//
// What the query has bound must live as long as its run, and the arguments of filter() do not: so
// clear() first, bind what keep() returns, and then start the query.
class QueryCursor {
 public:
  // Ends the scan: no rows.
  void clear() {
    query_.reset();
    arguments_.clear();
  }

  void start(Query query) {
    query_.reset();
    query_.emplace(std::move(query));
    row_ = 0;
    next();
  }

  void next() {
    if (query_ && !query_->step()) query_.reset();
    ++row_;
  }
  bool at_end() const { return !query_; }
  void column(sqlite3_context* context, int column) {
    sqlite3_result_value(context, query_->value(column));
  }
  std::int64_t rowid() { return row_; }

 protected:
  // A copy of `argument` that lives until the scan ends. Throws std::bad_alloc.
  sqlite3_value* keep(sqlite3_value* argument) {
    return arguments_.emplace_back(copy_of(argument)).get();
  }

  std::vector<OwnedValue> arguments_;  // before the query: they go after it
  std::optional<Query> query_;
  std::int64_t row_ = 0;
};

// Goes through a list of rows made when the scan starts.
template <class Row>
class ListCursor {
 public:
  void start(std::vector<Row> rows) {
    rows_ = std::move(rows);
    at_ = 0;
  }
  void next() { ++at_; }
  bool at_end() const { return at_ >= rows_.size(); }
  const Row& row() const { return rows_[at_]; }
  std::int64_t rowid() { return static_cast<std::int64_t>(at_) + 1; }

 private:
  std::vector<Row> rows_;
  std::size_t at_ = 0;
};

// For a table that never has a row.
struct NoRows {
  template <class Table>
  explicit NoRows(Table&) {}
  void filter(int, Values) {}
  bool at_end() const { return true; }
  void next() {}
  void column(sqlite3_context*, int) {}
  std::int64_t rowid() { return 0; }
};

}  // namespace larder
