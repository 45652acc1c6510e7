// Runs migrations.
#include "migration/runner.h"

#include <chrono>
#include <functional>

#include "migration/failure.h"
#include "migration/foreign_keys.h"
#include "migration/script.h"
#include "migration/work.h"
#include "store/undo.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// What to do is decided twice, before a transaction and in it: `outside` is true when the caller
// has none of its own.
using Decide = std::function<Work(bool outside)>;

// After the failure of a script that has no transaction around it.
constexpr const char* kStays = "what ran before it stays";

constexpr const char* kByItself =
    "call it by itself, as SELECT ...; and not inside another statement that reads or writes";

// Where in `script`, from the statement at `begin` on, the last failure on `db` was; before SQLite
// 3.38, which does not tell it, where the statement begins.
std::size_t failure_offset([[maybe_unused]] sqlite3* db, std::size_t begin) {
  int offset = -1;
#if SQLITE_VERSION_NUMBER >= 3038000
  if (sqlite3_libversion_number() >= 3038000) offset = sqlite3_error_offset(db);
#endif
  return offset > 0 ? begin + static_cast<std::size_t>(offset) : begin;
}

// True of a statement that may DROP: as it says itself, or by calling a function of another
// extension. (Not every extension tells that a DROP of its own was refused.)
bool may_drop(const Query& query, const char* text) {
  return sqlite3_stmt_readonly(query.get()) != 0 || sqlite3_strnicmp(text, "DROP", 4) == 0;
}

// Runs the statements of a script one by one, as SQLite itself finds their ends. `undo` watches
// over the transaction, that around the script or that which an unusual script opens itself.
// `remains` tells the user what is there after a failure.
void run_script(Connection& connection, const Step& step, Undo& undo, const std::string& remains) {
  sqlite3* db = connection.db();
  const std::string& script = step.script().text;
  const int autocommit = sqlite3_get_autocommit(db);
  for (std::size_t at = skip_space(script, 0); at < script.size(); at = skip_space(script, at)) {
    try {
      const char* tail = nullptr;
      Statement statement(db, script.c_str() + at, 0, &tail);
      const auto next = static_cast<std::size_t>(tail - script.c_str());
      if (statement) {
        Query query(std::move(statement));
        if (may_drop(query, script.c_str() + at)) undo.rest();
        query.run();
        if (!step.needs_no_transaction() && sqlite3_get_autocommit(db) != autocommit)
          throw Error("the statement ended the transaction");
        undo.watch();
      }
      at = next;
    } catch (const Error& error) {
      // A failed compilation has not been counted yet; when it failed at a known place, that is the
      // better one.
      const std::size_t place = failure_offset(db, at);
      const bool is_locked = (error.code() & 0xff) == SQLITE_LOCKED;
      const std::string hint = is_locked ? std::string("; ") + kByItself : "";
      const auto heads = statement_heads(std::string_view(script).substr(0, at));
      throw Failure(error.code(), step.place(line_of(script, place)) + ": " + error.message() +
                                      hint + " (statement " + std::to_string(heads.size() + 1) +
                                      ", " + remains + ")");
    }
  }
}

void record(Connection& connection, const Step& step, double seconds) {
  if (step.up) {
    record_applied(connection, step.migration, seconds);
  } else {
    forget_applied(connection, step.migration.version);
  }
}

double run_timed(Connection& connection, const Step& step, Undo& undo, const std::string& remains) {
  const auto start = std::chrono::steady_clock::now();
  run_script(connection, step, undo, remains);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// What is known before the commit: once that is done nothing may fail any more, for what the caller
// is told has failed must not have happened.
struct Outcome {
  std::int64_t user_version;
  bool is_all;  // nothing is left to be done
};

// Runs `body` after something was done for good: an error says that it `stays`, unless it says
// already what does.
template <class Body>
Outcome telling(const char* stays, Body&& body) {
  try {
    return body();
  } catch (const Failure&) {
    throw;
  } catch (const Error& error) {
    throw Failure(error.code(), error.message() + " (" + stays + ")");
  }
}

// One transaction, or one savepoint inside the caller's. What is to be done is decided inside it:
// another process may have been faster, and then there is nothing left to do.
Outcome run_together(Connection& connection, const Decide& decide, bool outside,
                     const std::string& remains) {
  ForeignKeysOff foreign_keys(connection);
  Transaction transaction(connection);
  if (transaction.is_joined()) throw Error(kByItself);
  const Work work = decide(outside);
  const Violations before = Violations::find(connection);
  for (const auto& migration : work.adopted) record_applied(connection, migration, std::nullopt);
  auto step = work.steps.begin();
  for (; step != work.steps.end() && !step->needs_no_transaction(); ++step)
    record(connection, *step, run_timed(connection, *step, transaction.undo(), remains));
  if (!work.empty()) {
    remember_adopted(connection, work.adopted_to);
    write_user_version(connection);
  }
  Violations::find(connection).check_all_in(before, remains);
  const Outcome outcome{read_user_version(connection), step == work.steps.end()};
  transaction.commit();
  return outcome;
}

// Ends a transaction that a script of its own left open.
class NothingLeftOpen {
 public:
  explicit NothingLeftOpen(Connection& connection) : connection_(connection), undo_(connection) {}
  NothingLeftOpen(const NothingLeftOpen&) = delete;
  NothingLeftOpen& operator=(const NothingLeftOpen&) = delete;
  ~NothingLeftOpen() { undo_.run(); }

  Undo& undo() { return undo_; }
  bool is_open() const { return sqlite3_get_autocommit(connection_.db()) == 0; }

 private:
  Connection& connection_;
  Undo undo_;
};

Outcome run_alone(Connection& connection, const Work& work) {
  const Step& step = work.steps.front();
  double seconds = 0;
  {
    ForeignKeysOff foreign_keys(connection);
    NothingLeftOpen transaction(connection);
    seconds = run_timed(connection, step, transaction.undo(), kStays);
    if (transaction.is_open()) {
      throw Failure(step.migration.place_of(step.script()) +
                    ": the script leaves a transaction open (" + kStays + ")");
    }
  }
  return telling(kStays, [&] {
    Transaction transaction(connection);
    // Unless another process was faster.
    if (find_applied(connection, step.migration.version).has_value() != step.up)
      record(connection, step, seconds);
    write_user_version(connection);
    const Outcome outcome{read_user_version(connection), work.steps.size() == 1};
    transaction.commit();
    return outcome;
  });
}

// One run at a time on a connection: a script must not migrate.
struct Running {
  bool active = false;
};

class OnlyRun {
 public:
  explicit OnlyRun(Connection& connection) : running_(connection.state<Running>()) {
    if (running_.active) throw Error("a migration must not call it");
    running_.active = true;
  }
  OnlyRun(const OnlyRun&) = delete;
  OnlyRun& operator=(const OnlyRun&) = delete;
  ~OnlyRun() { running_.active = false; }

 private:
  Running& running_;
};

// What a failure leaves, in words: when nothing has been done yet, and when something has.
struct Remains {
  const char* nothing;
  const char* before;
};

// The next piece of the work: what fits into one transaction, or one script without.
Outcome run_next(Connection& connection, const Decide& decide, const std::string& remains) {
  const bool outside = sqlite3_get_autocommit(connection.db()) != 0;
  const Work work = decide(outside);
  if (work.empty()) return {read_user_version(connection), true};
  connection.schema().ensure();
  const bool is_alone = work.adopted.empty() && work.steps.front().needs_no_transaction();
  return is_alone ? run_alone(connection, work)
                  : run_together(connection, decide, outside, remains);
}

std::int64_t run(Connection& connection, const Decide& decide, const Remains& words) {
  OnlyRun only(connection);
  RowidKeeper rowid(connection.db());
  Outcome outcome = run_next(connection, decide, words.nothing);
  while (!outcome.is_all) {
    outcome = telling(words.before, [&] { return run_next(connection, decide, words.before); });
  }
  return outcome.user_version;
}

}  // namespace

std::int64_t run_up(Connection& connection, const Migrations& wanted,
                    std::optional<std::int64_t> target) {
  return run(connection, [&](bool outside) { return up_work(connection, wanted, target, outside); },
             {"nothing was applied", "the migrations before it stay applied"});
}

std::int64_t run_down(Connection& connection, const Migrations& wanted, std::int64_t target) {
  return run(connection,
             [&](bool outside) { return down_work(connection, wanted, target, outside); },
             {"nothing was undone", "the migrations after it stay undone"});
}

}  // namespace larder
