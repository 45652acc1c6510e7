// Foreign keys around a migration.
#include "migration/foreign_keys.h"

#include <vector>

#include "migration/failure.h"

namespace larder {

bool foreign_keys_are_on(sqlite3* db) {
  int on = 0;
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on);
  return on != 0;
}

// Inside a transaction foreign keys stay as they are: SQLite counts violations per transaction.
ForeignKeysOff::ForeignKeysOff(Connection& connection)
    : connection_(connection),
      were_on_(foreign_keys_are_on(connection.db())),
      applies_(sqlite3_get_autocommit(connection.db()) != 0) {
  if (applies_) switch_to(0);
}

ForeignKeysOff::~ForeignKeysOff() {
  if (applies_ && foreign_keys_are_on(connection_.db()) != were_on_) switch_to(were_on_ ? 1 : 0);
}

// Without the pragma, which is a statement: an interrupt would keep it from switching them on
// again.
void ForeignKeysOff::switch_to(int on) {
  sqlite3_db_config(connection_.db(), SQLITE_DBCONFIG_ENABLE_FKEY, on, nullptr);
}

Violations Violations::find(Connection& connection) {
  // No foreign key is declared without that word.
  static constexpr char kSelectReferring[] = R"(
SELECT name
FROM main.sqlite_schema
WHERE type = 'table' AND instr(lower(sql), 'references') > 0)";
  std::vector<std::string> tables;
  {
    Query names = connection.query_once(kSelectReferring);
    while (names.step()) tables.push_back(names.text(0));
  }
  Violations found;
  for (const auto& table : tables) found.find_in(connection, table);
  return found;
}

// Table by table: SQLite stops at the first that it cannot check, such as one with a "foreign key
// mismatch".
void Violations::find_in(Connection& connection, const std::string& table) {
  static constexpr char kCheck[] =
      R"(SELECT "table", "rowid", parent, fkid FROM temp.pragma_foreign_key_check(?1, 'main'))";
  try {
    Query rows = connection.query_once(kCheck);
    rows.bind(1, std::string_view(table));
    while (rows.step()) ++rows_[Row(rows.text(0), rows.text(1), rows.text(2), rows.integer(3))];
  } catch (const Error& error) {
    if (error.code() != SQLITE_ERROR) throw;
    failures_[table] = error.message();
  }
}

void Violations::check_all_in(const Violations& before, const std::string& remains) const {
  for (const auto& [table, why] : failures_) {
    const auto known = before.failures_.find(table);
    if (known == before.failures_.end() || known->second != why) {
      throw Failure(SQLITE_CONSTRAINT_FOREIGNKEY, why + " (" + remains + ")");
    }
  }
  for (const auto& [row, count] : rows_) {
    const auto known = before.rows_.find(row);
    if (known != before.rows_.end() && count <= known->second) continue;
    const auto& [table, rowid, parent, constraint] = row;
    const std::string which = rowid.empty() ? "a row" : "the row with rowid " + rowid;
    throw Failure(SQLITE_CONSTRAINT_FOREIGNKEY, "foreign key violated: " + which + " of " + table +
                                                    " refers to a row of " + parent +
                                                    " that is not there (" + remains + ")");
  }
}

}  // namespace larder
