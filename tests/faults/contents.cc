// What is in a database, as one text.
#include <algorithm>
#include <regex>
#include <sstream>

#include "faults/calls.h"

namespace support {

namespace {

// As SQL writes it, but for the quotes in a text and the bytes of a BLOB, which are as they are.
std::string column(sqlite3_stmt* row, int i) {
  const auto bytes = [&] {
    if (sqlite3_column_type(row, i) == SQLITE_TEXT) sqlite3_column_text(row, i);  // not UTF-16
    const auto* data = static_cast<const char*>(sqlite3_column_blob(row, i));
    return std::string(data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(row, i)));
  };
  switch (sqlite3_column_type(row, i)) {
    case SQLITE_NULL:
      return "NULL";
    case SQLITE_TEXT:
      return "'" + bytes() + "'";
    case SQLITE_BLOB:
      return "X'" + bytes() + "'";
    default:
      return reinterpret_cast<const char*>(sqlite3_column_text(row, i));
  }
}

// The rows that `sql` gives, in order; or the error.
std::vector<std::string> rows(Database& db, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  int rc = sqlite3_prepare_v2(db.get(), sql.c_str(), -1, &statement, nullptr);
  std::vector<std::string> found;
  while (rc == SQLITE_OK || rc == SQLITE_ROW) {
    rc = sqlite3_step(statement);
    if (rc != SQLITE_ROW) break;
    std::string& row = found.emplace_back();
    for (int i = 0; i < sqlite3_column_count(statement); ++i)
      row += (i > 0 ? "," : "") + column(statement, i);
  }
  sqlite3_finalize(statement);
  if (rc != SQLITE_DONE) return {"error: " + std::string(sqlite3_errmsg(db.get()))};
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::string contents(Database& db) {
  std::string all = "user_version:" + rows(db, "PRAGMA user_version").front() + "\n";
  for (const std::string& name :
       rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"))
    for (const std::string& row :
         rows(db, "SELECT * FROM \"" + name.substr(1, name.size() - 2) + "\""))
      all += name + ":" + row + "\n";
  for (const std::string& row :
       rows(db, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    all += row + "\n";
  return all;
}

std::string comparable(const std::string& contents) {
  static const std::regex owner(":[0-9a-f]{12}'");
  std::string all;
  std::istringstream lines(contents);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("'larder_meta':'wal',")) continue;
    if (line.starts_with("'larder_migration':")) line.erase(line.rfind(','));
    all += std::regex_replace(line, owner, ":?'") + "\n";
  }
  return all;
}

std::string difference(const std::string& want, const std::string& got) {
  const auto at = std::mismatch(want.begin(), want.end(), got.begin(), got.end()).first;
  const auto from = static_cast<std::size_t>(at - want.begin());
  constexpr std::size_t kShown = 300;
  return "want ..." + want.substr(from, kShown) + "\ngot ..." + got.substr(from, kShown);
}

}  // namespace support
