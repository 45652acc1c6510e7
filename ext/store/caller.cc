// Who calls.
#include "store/caller.h"

#include <string>
#include <string_view>

#include "sqlite/ascii.h"
#include "sqlite/named_sql.h"
#include "sqlite/space.h"
#include "store/connection.h"
#include "store/virtual_text.h"

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

// FTS5 sorts by the function that a row of the table's own settings names (rank), which may be any
// (https://sqlite.org/fts5.html#the_rank_configuration_option). This is how its statement begins.
bool sorts_by_rank(std::string_view statement) {
  return statement.starts_with("SELECT rowid, rank FROM '");
}

void check_database(Connection& connection, const std::string& name) {
  constexpr char kSelect[] = R"(SELECT name, sql FROM "%w".sqlite_schema)";
  Query objects = connection.query_once(sql_naming(kSelect, name).c_str());
  while (objects.step()) {
    if (!may_run_its_text(objects.text(1))) continue;
    throw Error("the table " + objects.text(0) +
                " may run what the file says, and while another statement runs that cannot be "
                "told from the caller's own: end the other first");
  }
}

// RESET also turns writable_schema off, which tells whether an authorizer has let it through.
bool reset_schema(sqlite3* db) {
  int was_writable = 0, is_writable = 0;
  sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, -1, &was_writable);
  sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, nullptr);
  const int rc = sqlite3_exec(db, "PRAGMA writable_schema = RESET", nullptr, nullptr, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, -1, &is_writable);
  sqlite3_db_config(db, SQLITE_DBCONFIG_WRITABLE_SCHEMA, was_writable, nullptr);
  if (rc != SQLITE_AUTH) check(db, rc);
  return is_writable == 0;
}

}  // namespace

// (SQLite would not notice that a transaction which has changed the schema is rolled back.)
void forget_parsed_schema(const Connection& connection) {
  if (connection.is_bare() && !connection.is_guarded()) return;  // it ends statements that run
  if (sqlite3_txn_state(connection.db(), nullptr) == SQLITE_TXN_WRITE) {
    if (connection.is_guarded()) throw Error("load it before anything is written");
  } else if (!reset_schema(connection.db()) && connection.is_guarded()) {
    throw Error(SQLITE_AUTH, "not authorized");
  }
}

void check_called_by_no_table(Connection& connection) {
  if (count_running(connection.db()) <= connection.callers_statements()) return;
  int count = 0;
  Query databases = connection.query_once("PRAGMA database_list");
  for (; databases.step(); ++count) check_database(connection, databases.text(1));
  if (count == 0) throw Error(SQLITE_AUTH, "not authorized");  // an authorizer ignores it
}

// The tables of that name, and ALTER TABLE, run the PRAGMA in a statement of their own.
void check_no_statement_calls(const Connection& connection) {
  const bool calls = any_running(connection.db(), [](sqlite3_stmt* running) {
    const char* text = sqlite3_sql(running);
    return text != nullptr && (checks_file(text) || sorts_by_rank(text));
  });
  if (calls) throw Error(kCalledByFile);
}

void check_led_by_caller(Connection& connection) {
  static constexpr char kSelectTriggers[] =
      "SELECT 1 FROM temp.sqlite_schema WHERE type = 'trigger'";
  if (!connection.query(kSelectTriggers).step()) throw Error(kCalledByFile);
}

}  // namespace larder
