// Who calls.
#include "store/caller.h"

#include <string>
#include <string_view>

#include "sqlite/ascii.h"
#include "sqlite/named_sql.h"
#include "sqlite/space.h"
#include "store/connection.h"

namespace larder {

namespace {

constexpr const char* kCalledByFile =
    "unsafe use: a table of the file calls it, and not your own SQL";

bool checks_file(std::string_view statement) {
  constexpr std::string_view kPragma = "pragma";
  statement.remove_prefix(next_statement(statement, 0));
  if (lower_case(std::string(statement.substr(0, kPragma.size()))) != kPragma) return false;
  const std::string pragma = lower_case(std::string(statement));
  return pragma.find("integrity_check") != std::string::npos ||
         pragma.find("quick_check") != std::string::npos;
}

// Whether the text of a virtual table has the option compress= or uncompress=, which SQLite knows
// in any case and with spaces before the sign only.
bool names_function(const std::string& text) {
  constexpr std::string_view kOption = "compress";
  const std::string lower = lower_case(text);
  for (auto at = lower.find(kOption); at != std::string::npos; at = lower.find(kOption, at + 1)) {
    auto after = at + kOption.size();
    while (after < lower.size() && is_space(lower[after])) ++after;
    if (after < lower.size() && lower[after] == '=') return true;
  }
  return false;
}

void check_database(Connection& connection, const std::string& name) {
  constexpr char kSelect[] =
      "SELECT name, sql FROM \"%w\".sqlite_schema WHERE instr(lower(sql), 'virtual') > 0";
  Query tables = connection.query_once(sql_naming(kSelect, name).c_str());
  while (tables.step()) {
    if (names_function(tables.text(1)))
      throw Error("the table " + tables.text(0) +
                  " can call any function by name (compress=, uncompress=), and so cannot be told "
                  "from the caller");
  }
}

}  // namespace

void check_no_table_calls(Connection& connection) {
  Query databases = connection.query_once("PRAGMA database_list");
  while (databases.step()) check_database(connection, databases.text(1));
}

// The tables of that name, and ALTER TABLE, run the PRAGMA in a statement of their own.
void check_no_file_check(const Connection& connection) {
  const bool is_checked = any_running(connection.db(), [](sqlite3_stmt* running) {
    const char* text = sqlite3_sql(running);
    return text != nullptr && checks_file(text);
  });
  if (is_checked) throw Error(kCalledByFile);
}

void check_led_by_caller(Connection& connection) {
  static constexpr char kSelectTriggers[] =
      "SELECT 1 FROM temp.sqlite_schema WHERE type = 'trigger'";
  if (!connection.query(kSelectTriggers).step()) throw Error(kCalledByFile);
}

}  // namespace larder
