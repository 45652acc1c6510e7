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

// Loads Larder: each program of tests has its own, a file or linked in.
Outcome load_larder(Database& db, bool is_bare = false);

// The state each call starts from. `limited`: the cache has a limit, is full, and evicts.
void fill(Database& db, bool limited);

// What a connection declares and freezes for itself; needed on each that makes the calls.
void prepare(Database& db);

// Makes `to` what `from` is.
void copy(Database& from, Database& to);

// Every row of every table of the main database, and its schema.
std::string contents(Database& db);

// From the first byte on that is another one.
std::string difference(const std::string& want, const std::string& got);

// The same without what differs when one call is made twice: whether Larder's tables are noted to
// have been in WAL mode, when they are made or later; how long a migration took; and the number by
// which a connection is known as an owner.
std::string comparable(const std::string& contents);

}  // namespace support
