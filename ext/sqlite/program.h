// The program that SQLite compiles of a statement: https://sqlite.org/opcode.html.
#pragma once

#include <string>

#include "sqlite/statement.h"

namespace larder {

// A row for each operation: its address, its name (column 1), and what it works on. Throws Error.
Query program_of(sqlite3* db, const std::string& sql);

// True where an authorizer of the host's ignores what `sql` is to do: SQLite compiles it so that it
// does nothing. Throws Error where it cannot be compiled.
bool is_emptied(sqlite3* db, const char* sql);

// For a statement that must be known to do something before it runs, such as one that begins or
// ends a transaction. Throws Error where it is emptied.
void check_not_emptied(sqlite3* db, const char* sql);

}  // namespace larder
