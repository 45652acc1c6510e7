// What other migration tools have applied in this database.
#include "migration/other_tools.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace larder {

namespace {

struct Tool {
  const char* name;
  const char* table;
  const char* column;   // one that the table must have
  const char* without;  // one that it must not have, or nullptr
  bool is_one_number;
  Sql select;  // version, and whether it was applied to its end
};

// golang-migrate keeps one row, dbmate one a version, in tables of the same name.
// goose appends a row each time a version is applied or undone, and begins with version 0.
constexpr Tool kTools[] = {
    {"golang-migrate", "schema_migrations", "dirty", nullptr, true,
     "SELECT version, NOT dirty FROM main.schema_migrations"},
    {"dbmate", "schema_migrations", "version", "dirty", false,
     "SELECT version, 1 FROM main.schema_migrations"},
    {"diesel", "__diesel_schema_migrations", "version", nullptr, false,
     "SELECT version, 1 FROM main.__diesel_schema_migrations"},
    {"goose", "goose_db_version", "is_applied", nullptr, false, R"(
SELECT version_id, 1
FROM (SELECT version_id, is_applied, max(id) FROM main.goose_db_version GROUP BY version_id)
WHERE is_applied AND version_id <> 0)"},
    {"sqlx", "_sqlx_migrations", "success", nullptr, false,
     "SELECT version, success FROM main._sqlx_migrations"},
};

// The names of all tables that are neither virtual nor views, in lower case.
std::set<std::string> ordinary_tables(Connection& connection) {
  static constexpr char kSelectNames[] = R"(
SELECT lower(name)
FROM main.sqlite_schema
WHERE type = 'table' AND sql LIKE 'CREATE TABLE%')";
  std::set<std::string> names;
  Query rows = connection.query_once(kSelectNames);
  while (rows.step()) names.insert(rows.text(0));
  return names;
}

bool has_column(Connection& connection, const Tool& tool, const char* column) {
  static constexpr char kSelectColumn[] = R"(
SELECT 1
FROM pragma_table_info(?1, 'main')
WHERE lower(name) = ?2)";
  Query query = connection.query_once(kSelectColumn);
  return query.bind(1, std::string_view(tool.table)).bind(2, std::string_view(column)).step();
}

// dbmate and diesel keep versions as text.
std::optional<std::int64_t> version_in(const std::string& text) {
  std::int64_t version = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, version);
  if (error != std::errc() || rest != end || version < 0) return std::nullopt;
  return version;
}

OtherHistory read_history_of(Connection& connection, const Tool& tool) {
  OtherHistory history;
  history.tool = tool.name;
  history.table = tool.table;
  history.is_one_number = tool.is_one_number;
  Query rows = connection.query_once(tool.select.text());
  while (rows.step()) {
    const std::string text = rows.text(0);
    const auto version = version_in(text);
    if (rows.integer(1) == 0) {
      history.problem = history.tool + " failed half way in version " + text + " (" +
                        history.table + "); put that right with " + history.tool + " first";
    } else if (!version) {
      history.problem = "the version '" + text + "' in " + history.table + " is not a number";
    }
    if (version) history.versions.push_back(*version);
  }
  std::sort(history.versions.begin(), history.versions.end());
  if (tool.is_one_number && history.versions.size() > 1) {
    history.problem = history.table + " has " + std::to_string(history.versions.size()) +
                      " rows, and " + history.tool + " keeps one";
  }
  return history;
}

}  // namespace

bool OtherHistory::has_applied(std::int64_t version) const {
  if (is_one_number) return !versions.empty() && version <= versions.back();
  return std::binary_search(versions.begin(), versions.end(), version);
}

std::vector<OtherHistory> read_other_histories(Connection& connection) {
  std::vector<OtherHistory> found;
  const auto tables = ordinary_tables(connection);
  for (const auto& tool : kTools) {
    if (!tables.contains(tool.table) || !has_column(connection, tool, tool.column)) continue;
    if (tool.without != nullptr && has_column(connection, tool, tool.without)) continue;
    found.push_back(read_history_of(connection, tool));
  }
  return found;
}

}  // namespace larder
