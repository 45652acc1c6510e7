// A user's table whose rows expire.
#include "expiry/target.h"

#include <algorithm>

#include "sqlite/ascii.h"
#include "sqlite/named_sql.h"

namespace larder {

namespace {

constexpr char kSelectTableKind[] = R"(
SELECT name, type, wr
FROM temp.pragma_table_list(?1)
WHERE schema = 'main')";

// A column that is not to be seen is one of a virtual table.
constexpr char kSelectColumns[] = R"(
SELECT name, upper(type), pk
FROM temp.pragma_table_xinfo(?1, 'main')
WHERE hidden <> 1
ORDER BY pk)";

bool is_same_name(const std::string& a, const std::string& b) {
  return sqlite3_stricmp(a.c_str(), b.c_str()) == 0;
}

// https://sqlite.org/datatype3.html#determination_of_column_affinity
bool has_text_affinity(const std::string& type) {
  const auto says = [&](const char* word) { return type.find(word) != std::string::npos; };
  return !says("INT") && (says("CHAR") || says("CLOB") || says("TEXT"));
}

// The number in a column, which is written as `column`.
std::string moment_in(const std::string& column, const MomentUnit& unit) {
  return unit.function == nullptr ? column : unit.function + ("(" + column + ")");
}

// True of a text that begins with a date. To julianday() a number alone is a Julian day, and a time
// alone is of the year 2000: '2024', which a program may mean as a year, would be long ago.
constexpr char kIsDate[] = " GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'";

// A column of the user's may hide one of the rowid's names, https://sqlite.org/rowidtable.html
std::string rowid_beside(const std::vector<std::string>& columns) {
  for (const char* name : {"rowid", "_rowid_", "oid"}) {
    const bool is_free = std::none_of(columns.begin(), columns.end(), [&](const auto& column) {
      return is_same_name(column, name);
    });
    if (is_free) return std::string("t.") + name;
  }
  throw Error("its columns hide all names of the rowid");
}

}  // namespace

Target::Target(Connection& connection, const ExpiryRule& rule) {
  find_table(connection, rule);
  find_columns(connection, rule);
  from_ = sql_naming(R"(main."%w" AS t)", table_);
  const std::string column = sql_naming(R"(t."%w")", column_);
  moment_ = moment_in(column, *rule.unit);
  const bool is_text = rule.unit->function != nullptr;
  is_due_ = "(" + moment_ + " <= ?1" + (is_text ? " AND " + column + kIsDate : "") + ")";
}

void Target::find_table(Connection& connection, const ExpiryRule& rule) {
  Query found = connection.query(kSelectTableKind);
  if (!found.bind(1, std::string_view(rule.table)).step())
    throw Error("there is no table " + quoted(rule.table) + " in the main database");
  table_ = found.text(0);
  const std::string name = lower_case(table_);
  if (name.starts_with("sqlite_") || name.starts_with("larder_"))
    throw Error("rows of " + table_ + " are not the user's, and cannot expire by a rule");
  if (found.text(1) != "table")
    throw Error(quoted(table_) + " is no ordinary table, but of type " + found.text(1));
  has_rowid_ = found.integer(2) == 0;
}

void Target::find_columns(Connection& connection, const ExpiryRule& rule) {
  std::vector<std::string> names;
  Query columns = connection.query(kSelectColumns);
  columns.bind(1, std::string_view(table_));
  while (columns.step()) {
    const std::string& name = names.emplace_back(columns.text(0));
    if (!has_rowid_ && columns.integer(2) > 0) key_.push_back(sql_naming(R"(t."%w")", name));
    if (!is_same_name(name, rule.column)) continue;
    column_ = name;
    if (rule.unit->function == nullptr && has_text_affinity(columns.text(1)))
      throw Error("the column " + quoted(name) + " of " + quoted(table_) +
                  " makes text of numbers; unit 'text' reads dates");
  }
  if (column_.empty()) throw Error(quoted(table_) + " has no column " + quoted(rule.column));
  if (has_rowid_) key_.push_back(rowid_beside(names));
}

std::string Target::key_list(const char* direction) const {
  std::string list;
  for (const std::string& column : key_) list += (list.empty() ? "" : ", ") + column + direction;
  return list;
}

std::string Target::parameters(int first) const {
  std::string list;
  for (int i = 0; i < key_size(); ++i) list += (i == 0 ? "?" : ", ?") + std::to_string(first + i);
  return list;
}

std::string Target::count() const { return "SELECT count(*) FROM " + from_ + " WHERE " + is_due_; }

std::string Target::oldest() const {
  return "SELECT " + key_list() + ", " + moment_ + " FROM " + from_ + " WHERE " + moment_ +
         " >= ?2 AND " + is_due_ + " ORDER BY " + moment_ + " LIMIT ?3 OFFSET ?4";
}

std::string Target::oldest_in_order() const {
  std::string order;
  for (int i = 1; i <= key_size(); ++i) order += (i == 1 ? "" : ", ") + std::to_string(i);
  return "SELECT * FROM (" + oldest() + ") ORDER BY " + order;
}

std::string Target::in_order(bool goes_on) const {
  std::string sql = "SELECT " + key_list() + ", " + is_due_ + " FROM " + from_ + " WHERE (" +
                    key_list() + ") <= (" + parameters(2) + ")";
  if (goes_on) sql += " AND (" + key_list() + ") > (" + parameters(2 + key_size()) + ")";
  return sql + " ORDER BY " + key_list();
}

std::string Target::last() const {
  return "SELECT " + key_list() + " FROM " + from_ + " ORDER BY " + key_list(" DESC") + " LIMIT 1";
}

std::string Target::deletion() const {
  return "DELETE FROM " + from_ + " WHERE (" + key_list() + ") = (" + parameters(2) + ") AND " +
         is_due_;
}

std::string Target::index_to_create(const MomentUnit& unit) const {
  return sql_naming(R"(CREATE INDEX "%w_expiry" ON )", table_) + sql_naming(R"("%w"()", table_) +
         moment_in(sql_naming(R"("%w")", column_), unit) + ")";
}

// SQLite knows best which of its indexes it would use: also a partial one, or one on an expression.
bool Target::has_index(Connection& connection) const {
  Query plan = connection.query_once(("EXPLAIN QUERY PLAN " + oldest()).c_str());
  while (plan.step()) {
    if (plan.text(3).starts_with("USE TEMP B-TREE")) return false;
  }
  return true;
}

}  // namespace larder
