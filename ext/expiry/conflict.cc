// Whether a statement that runs writes what a sweep is going to write.
#include "expiry/conflict.h"

#include <algorithm>
#include <set>

#include "sqlite/space.h"

namespace larder {

namespace {

// What a statement does, by its program: https://sqlite.org/opcode.html
struct Program {
  std::set<std::string> written;  // tables and indexes by database and page, and virtual tables
  bool calls = false;             // kv_sweep() itself
  bool trigger_calls = false;     // a trigger of it calls kv_sweep()
};

Program explain(sqlite3* db, std::string_view sql) {
  sql.remove_prefix(next_statement(sql, 0));  // EXPLAIN would have to come behind a semicolon
  constexpr int kAddress = 0, kOpcode = 1, kP1 = 2, kP2 = 3, kP3 = 4, kP4 = 5;
  Query rows{Statement(db, ("EXPLAIN " + std::string(sql)).c_str())};
  Program program;
  int programs = 0;  // those of triggers come after the statement's own
  const auto writes = [&](int database, int page) {
    program.written.insert(rows.text(database) + " " + rows.text(page));
  };
  while (rows.step()) {
    if (rows.integer(kAddress) == 0) ++programs;
    const std::string opcode = rows.text(kOpcode);
    if (opcode == "OpenWrite") writes(kP3, kP2);
    if (opcode == "Clear") writes(kP2, kP1);  // a DELETE without WHERE
    if (opcode == "VUpdate") program.written.insert(rows.text(kP4));
    if (rows.text(kP4).starts_with("kv_sweep("))
      (programs == 1 ? program.calls : program.trigger_calls) = true;
  }
  return program;
}

}  // namespace

// Which statement has called is not told. It is none that only a trigger calls in, unless that is
// what a call of Larder's has set off: that may stand in any statement, as may one of a function of
// the host's.
bool is_written_meanwhile(const Connection& connection, const std::string& deletion) {
  sqlite3* db = connection.db();
  return any_running(db, [&](sqlite3_stmt* running) {
    if (sqlite3_stmt_readonly(running) != 0) return false;
    const Program caller = explain(db, sqlite3_sql(running));
    if (caller.trigger_calls && !caller.calls && !connection.is_nested()) return false;
    const auto ours = explain(db, deletion).written;
    return std::any_of(ours.begin(), ours.end(),
                       [&](const auto& tree) { return caller.written.count(tree) > 0; });
  });
}

}  // namespace larder
