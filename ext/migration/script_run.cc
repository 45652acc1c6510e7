// Running one script.
#include "migration/script_run.h"

#include <algorithm>
#include <chrono>

#include "migration/failure.h"
#include "migration/statement_heads.h"
#include "sqlite/ascii.h"
#include "sqlite/space.h"

namespace larder {

namespace {

// The offset of the last failure on `db`, in the script whose statement at `begin` failed. SQLite
// tells where in the statement since 3.38; else it is the statement's beginning.
std::size_t failure_offset([[maybe_unused]] sqlite3* db, std::size_t begin) {
  int offset = -1;
#if SQLITE_VERSION_NUMBER >= 3038000
  if (sqlite3_libversion_number() >= 3038000) offset = sqlite3_error_offset(db);
#endif
  return offset > 0 ? begin + static_cast<std::size_t>(offset) : begin;
}

// True for a statement that may DROP: a DROP itself, or a SELECT that calls a function of another
// extension. (Not every extension reports that a DROP of its own was refused.)
bool may_drop(const Query& query, const char* text) {
  return sqlite3_stmt_readonly(query.get()) != 0 || sqlite3_strnicmp(text, "DROP", 4) == 0;
}

// True for the BEGIN and COMMIT around a whole script: script_rules.cc refuses all others.
bool begins_or_ends_transaction(std::string_view statement) {
  const auto end = std::find_if_not(statement.begin(), statement.end(), is_alnum);
  const std::string verb = upper_case(std::string(statement.begin(), end));
  return verb == "BEGIN" || verb == "COMMIT" || verb == "END";
}

// Runs the statement at `at` and returns where SQLite found its end.
std::size_t run_statement(Connection& connection, const Script& script, std::size_t at,
                          Undo& undo) {
  sqlite3* db = connection.db();
  const char* begin = script.text.c_str();
  const char* tail = nullptr;
  Statement statement(db, begin + at, 0, &tail);
  const bool is_read_over =
      !script.alone && begins_or_ends_transaction(std::string_view(script.text).substr(at));
  if (statement && !is_read_over) {
    Query query(std::move(statement));
    if (may_drop(query, begin + at)) undo.rest();
    const Connection::CallersSql own(connection);
    query.run();
    if (!script.alone && sqlite3_get_autocommit(db) != 0)
      throw Error("the statement ended the transaction");
    undo.watch();
  }
  return static_cast<std::size_t>(tail - begin);
}

// `error`, the last one on the connection, with the place and number of the statement at `at`, in
// which it arose.
Failure failure_in(Connection& connection, const Step& step, std::size_t at, const Error& error,
                   const std::string& remains) {
  const std::string_view text = step.script().text;
  const int line = line_of(text, failure_offset(connection.db(), at));
  const bool is_locked = (error.code() & 0xff) == SQLITE_LOCKED;
  const std::string hint = is_locked ? std::string("; ") + kCallByItself : "";
  int number = 1;
  for_each_statement(text.substr(0, at), [&](const StatementHead&) { ++number; });
  return {error.code(), step.place(line) + ": " + error.message() + hint + " (statement " +
                            std::to_string(number) + ", " + remains + ")"};
}

}  // namespace

double run_script(Connection& connection, const Step& step, Undo& undo,
                  const std::string& remains) {
  const auto start = std::chrono::steady_clock::now();
  const std::string& text = step.script().text;
  for (std::size_t at = next_statement(text, 0); at < text.size(); at = next_statement(text, at)) {
    try {
      at = run_statement(connection, step.script(), at, undo);
    } catch (const Error& error) {
      throw failure_in(connection, step, at, error, remains);
    }
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace larder
