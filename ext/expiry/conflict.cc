// Whether a statement that runs writes what a sweep is going to write.
#include "expiry/conflict.h"

#include <algorithm>
#include <set>
#include <utility>

#include "sqlite/statement.h"

namespace larder {

namespace {

using Trees = std::set<std::pair<std::int64_t, std::int64_t>>;  // a database, and a page of it

struct Program {
  Trees written;       // tables and indexes, https://sqlite.org/opcode.html#OpenWrite
  bool calls = false;  // kv_sweep(), and not in a trigger
};

Program explain(sqlite3* db, const std::string& sql) {
  constexpr int kAddress = 0, kOpcode = 1, kPage = 3, kDatabase = 4, kName = 5;
  Query rows{Statement(db, ("EXPLAIN " + sql).c_str())};
  Program program;
  int programs = 0;  // those of triggers come after the statement's own
  while (rows.step()) {
    if (rows.integer(kAddress) == 0) ++programs;
    if (rows.text(kOpcode) == "OpenWrite")
      program.written.emplace(rows.integer(kDatabase), rows.integer(kPage));
    if (programs == 1 && rows.text(kName).starts_with("kv_sweep(")) program.calls = true;
  }
  return program;
}

}  // namespace

bool is_written_meanwhile(sqlite3* db, const std::string& deletion) {
  for (sqlite3_stmt* other = sqlite3_next_stmt(db, nullptr); other != nullptr;
       other = sqlite3_next_stmt(db, other)) {
    if (sqlite3_stmt_busy(other) == 0 || sqlite3_stmt_readonly(other) != 0) continue;
    const Program caller = explain(db, sqlite3_sql(other));
    if (!caller.calls) continue;
    const Trees ours = explain(db, deletion).written;
    if (std::any_of(ours.begin(), ours.end(),
                    [&](const auto& tree) { return caller.written.count(tree) > 0; }))
      return true;
  }
  return false;
}

}  // namespace larder
