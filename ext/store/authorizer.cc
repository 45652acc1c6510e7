// What the host's authorizer hides from Larder.
#include "store/authorizer.h"

#include "sqlite/program.h"

namespace larder {

namespace {

// Since then SQLite itself compiles anew what an authorizer that is gone has seen.
constexpr int kCompilesAnew = 3054000;

// Whether each column of a row is read from the table: https://sqlite.org/opcode.html tells the two
// ways, and how many columns the row has.
bool reads_all_columns(sqlite3* db, const std::string& table) {
  Query program = program_of(db, "SELECT * FROM main." + table);
  std::int64_t read = 0;
  while (program.step()) {
    const std::string opcode = program.text(1);
    if (opcode == "Column" || opcode == "Rowid") ++read;
    if (opcode == "ResultRow") return read >= program.integer(3);
  }
  return false;
}

// Without the table's, which stands before it where PRAGMA full_column_names is set and
// short_column_names is not.
std::string column_name(sqlite3_stmt* row, int column) {
  const std::string name = sqlite3_column_name(row, column);
  return name.substr(name.rfind('.') + 1);
}

// Whether each column can be changed: then the program takes a parameter for each.
bool updates_all_columns(sqlite3* db, const std::string& table) {
  const Statement row(db, ("SELECT * FROM main." + table).c_str());
  const int count = sqlite3_column_count(row.get());
  std::string columns;
  for (int i = 0; i < count; ++i)
    columns += (i == 0 ? "" : ", ") + column_name(row.get(), i) + " = ?";
  Query program = program_of(db, "UPDATE main." + table + " SET " + columns);
  std::set<std::int64_t> taken;
  while (program.step()) {
    if (program.text(1) == "Variable") taken.insert(program.integer(2));
  }
  return static_cast<int>(taken.size()) == count;
}

}  // namespace

bool Visible::is_whole(sqlite3* db, std::string_view sql) {
  if (sqlite3_libversion_number() >= kCompilesAnew) return true;
  // What such a table shows is not told by the program.
  if (sql.find("pragma_") != std::string_view::npos) return false;
  constexpr std::string_view kMain = "main.";
  const bool updates = sql.find("UPDATE") != std::string_view::npos;  // or upserts
  for (auto at = sql.find(kMain); at != std::string_view::npos; at = sql.find(kMain, at + 1)) {
    const auto begin = at + kMain.size();
    const auto end = sql.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin);
    const std::string_view table = sql.substr(begin, end - begin);
    const bool is_ours = table.starts_with("larder_");
    if (!is_ours && table != "sqlite_schema") continue;
    if (!is_whole(db, table, readable_, reads_all_columns)) return false;
    if (updates && is_ours && !is_whole(db, table, changeable_, updates_all_columns)) return false;
  }
  return true;
}

bool Visible::is_whole(sqlite3* db, std::string_view table, Tables& known,
                       bool (*looks)(sqlite3*, const std::string&)) {
  if (known.find(table) != known.end()) return true;
  try {
    if (!looks(db, std::string(table))) return false;
  } catch (const Error& error) {
    if (error.code() != SQLITE_AUTH) throw;
    return false;
  }
  known.emplace(table);
  return true;
}

}  // namespace larder
