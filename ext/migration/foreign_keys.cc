// Foreign keys around a migration.
#include "migration/foreign_keys.h"

namespace larder {

bool foreign_keys_are_on(sqlite3* db) {
  int on = 0;
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on);
  return on != 0;
}

// Inside a transaction they stay: SQLite counts open violations per transaction.
ForeignKeysOff::ForeignKeysOff(Connection& connection)
    : connection_(connection),
      were_on_(foreign_keys_are_on(connection.db())),
      applies_(sqlite3_get_autocommit(connection.db()) != 0) {
  if (applies_) switch_to(0);
}

ForeignKeysOff::~ForeignKeysOff() {
  if (applies_ && foreign_keys_are_on(connection_.db()) != were_on_) switch_to(were_on_ ? 1 : 0);
}

// Not the pragma: that is a statement, and an interrupt would keep it from switching them on again.
void ForeignKeysOff::switch_to(int on) {
  sqlite3_db_config(connection_.db(), SQLITE_DBCONFIG_ENABLE_FKEY, on, nullptr);
}

Violations Violations::find(Connection& connection) {
  Violations found;
  try {
    // Columns: table, rowid, the table it refers to, number of the constraint.
    Query rows = connection.query_once("PRAGMA main.foreign_key_check");
    while (rows.step()) {
      Group& group = found.groups_[{rows.text(0), rows.text(2)}];
      if (group.count++ == 0 && !rows.is_null(1)) group.example = rows.text(1);
    }
  } catch (const Error& error) {
    if (error.code() != SQLITE_ERROR) throw;
    found.failure_ = error.message();
  }
  return found;
}

void Violations::check_no_more_than(const Violations& before) const {
  if (!failure_.empty() && failure_ != before.failure_)
    throw Error(SQLITE_CONSTRAINT_FOREIGNKEY, failure_);
  for (const auto& [tables, group] : groups_) {
    const auto known = before.groups_.find(tables);
    if (known != before.groups_.end() && group.count <= known->second.count) continue;
    const std::string row = group.example.empty() ? "a row" : "the row with rowid " + group.example;
    throw Error(SQLITE_CONSTRAINT_FOREIGNKEY,
                "foreign key violated: " + row + " of " + tables.first + " refers to a row of " +
                    tables.second + " that is not there (nothing was applied)");
  }
}

}  // namespace larder
