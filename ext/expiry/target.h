// A user's table whose rows expire: whether it may be one, and the statements for it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "expiry/rule.h"

namespace larder {

// What is known of a table when a rule is made or followed. It has SQL that names the user's table
// and columns, always quoted by "%w" and with the alias t, so that no name is taken for a value.
//
// In all statements ?1 is the latest moment that is due. What names a row, its rowid or its primary
// key, is several parameters and columns in a row: its `key`.
class Target {
 public:
  // Throws Error when the table of `rule`, or its column, is not there or may not be one of a rule.
  Target(Connection& connection, const ExpiryRule& rule);

  // As the file spells them.
  const std::string& table() const { return table_; }
  const std::string& column() const { return column_; }
  int key_size() const { return static_cast<int>(key_.size()); }

  // How many rows are due.
  std::string count() const;

  // Due rows, the oldest first: the key, and the moment. From the moment ?2 on, at most ?3 of them,
  // after the first ?4.
  std::string oldest() const;

  // The same rows in the order of the table.
  std::string oldest_in_order() const;

  // All rows in the order of the table: the key, and whether the row is due. Up to the key
  // that follows ?1, and behind the next key if `goes_on`.
  std::string in_order(bool goes_on) const;

  // The key that is the last in that order.
  std::string last() const;

  // Deletes the row of the key behind ?1, if it is due.
  std::string deletion() const;

  // True when an index leads to the oldest rows.
  bool has_index(Connection& connection) const;

  // The statement that makes one.
  std::string index_to_create(const MomentUnit& unit) const;

 private:
  void find_table(Connection& connection, const ExpiryRule& rule);
  void find_columns(Connection& connection, const ExpiryRule& rule);
  std::string key_list(const char* direction = "") const;
  std::string parameters(int first) const;

  std::string table_;
  std::string column_;
  std::string from_;    // the table in a statement
  std::string moment_;  // what is compared with ?1
  std::string is_due_;  // ?1 is the latest moment that is
  std::vector<std::string> key_;
  bool has_rowid_ = true;
};

}  // namespace larder
