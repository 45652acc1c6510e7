// A database in which there is something for each call, and the calls: every function and table.
#pragma once

#include <string>
#include <vector>

#include "support/database.h"

namespace support {

// One call: wholly done or not at all.
struct CallUnderTest {
  const char* sql;
  // True of a SELECT that calls what writes. (An INSERT, UPDATE or DELETE says so itself.)
  bool writes = false;
  // What tells the call's effect where the file does not, such as a limit that is remembered.
  const char* probe = "SELECT 1";
};

std::vector<CallUnderTest> all_calls();

// The state each call starts from. `limited`: the cache has a limit, is full, and evicts.
void fill(Database& db, bool limited);

// What a connection declares and freezes for itself; needed on each that makes the calls.
void prepare(Database& db);

// Every row of every table of the main database, and its schema.
std::string contents(Database& db);

}  // namespace support
