// The program that SQLite compiles of a statement.
#include "sqlite/program.h"

namespace larder {

Query program_of(sqlite3* db, const std::string& sql) {
  return Query(Statement(db, ("EXPLAIN " + sql).c_str()));
}

// Such a program begins and ends. (The number of operations does not tell: SQLite 3.37 has three
// for a COMMIT, and later ones have three when it is emptied.)
bool is_emptied(sqlite3* db, const char* sql) {
  Query program = program_of(db, sql);
  while (program.step()) {
    const std::string opcode = program.text(1);
    if (opcode != "Init" && opcode != "Goto" && opcode != "Halt") return false;
  }
  return true;
}

void check_not_emptied(sqlite3* db, const char* sql) {
  if (is_emptied(db, sql)) throw Error(SQLITE_AUTH, "not authorized");
}

}  // namespace larder
