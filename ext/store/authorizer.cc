// What the host's authorizer hides from Larder.
#include "store/authorizer.h"

#include "sqlite/statement.h"

namespace larder {

namespace {

// Since then SQLite itself compiles anew what an authorizer that is gone has seen.
constexpr int kCompilesAnew = 3054000;

// Whether each column of a row is read from the table: https://sqlite.org/opcode.html tells the two
// ways, and how many columns the row has.
bool reads_all_columns(sqlite3* db, const std::string& table) {
  Query program(Statement(db, ("EXPLAIN SELECT * FROM main." + table).c_str()));
  std::int64_t read = 0;
  while (program.step()) {
    const std::string opcode = program.text(1);
    if (opcode == "Column" || opcode == "Rowid") ++read;
    if (opcode == "ResultRow") return read >= program.integer(3);
  }
  return false;
}

}  // namespace

bool Visible::is_whole(sqlite3* db, std::string_view sql) {
  constexpr std::string_view kOurs = "main.larder_";
  if (sqlite3_libversion_number() >= kCompilesAnew) return true;
  for (auto at = sql.find(kOurs); at != std::string_view::npos; at = sql.find(kOurs, at + 1)) {
    const auto begin = at + std::string_view("main.").size();
    const auto end = sql.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin);
    const std::string_view table = sql.substr(begin, end - begin);
    if (whole_.find(table) != whole_.end()) continue;
    try {
      if (!reads_all_columns(db, std::string(table))) return false;
    } catch (const Error& error) {
      if (error.code() != SQLITE_AUTH) throw;
      return false;
    }
    whole_.emplace(table);
  }
  return true;
}

}  // namespace larder
