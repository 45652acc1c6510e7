// Runs migrations.
//
// A run is a sequence of pieces. A piece is all the next scripts that may share one transaction, or
// one script that wants none.
#include "migration/runner.h"

#include <functional>

#include "migration/failure.h"
#include "migration/foreign_keys.h"
#include "migration/history.h"
#include "migration/repeatable.h"
#include "migration/script_run.h"
#include "migration/user_version.h"
#include "migration/work.h"
#include "store/undo.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// Reads the history and decides what is left to do. That is called before a piece, and
// again in its transaction if it has one. `outside` is true when the caller has no transaction of
// its own.
using Decide = std::function<Work(bool outside)>;

// After the failure of a script that has no transaction around it.
constexpr const char* kEarlierStatementsStay = "what ran before it stays";

void record(Connection& connection, const Step& step, double seconds) {
  naming(step.migration->place_of(step.script()), [&] {
    if (step.migration->is_repeatable) {
      remember_run(connection, *step.migration);
    } else if (step.up) {
      record_applied(connection, *step.migration, seconds);
    } else {
      forget_applied(connection, step.migration->version);
    }
  });
}

// True when the history says already that `step` was done.
bool is_recorded(Connection& connection, const Step& step) {
  const Migration& migration = *step.migration;
  if (migration.is_repeatable) return !is_due(connection, migration);
  return find_applied(connection, migration.version).has_value() == step.up;
}

// What the caller is told of a piece. It is read before the commit: an error after that would
// report as failed what has happened.
struct Outcome {
  std::int64_t user_version;
  bool is_all;  // nothing is left to be done
};

// Runs `body` when earlier work is already committed. An Error gets the words that this work
// `stays`; a Failure has them.
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

// Runs the steps up to the first that wants no transaction. The adopted version is written before
// them: a script changes the schema, and then reading larder_meta means another look at all tables.
Outcome run_steps(Connection& connection, const Work& work, Undo& undo,
                  const std::string& remains) {
  for (const Migration* migration : work.adopted)
    record_applied(connection, *migration, std::nullopt);
  remember_adopted(connection, work.adopted_to);
  auto step = work.steps.begin();
  for (; step != work.steps.end() && !step->script().alone; ++step)
    record(connection, *step, run_script(connection, *step, undo, remains));
  if (work.adopted_to > 0) remember_adopted(connection, work.adopted_to);  // a script may delete it
  return {write_user_version(connection, work.adopted_to), step == work.steps.end()};
}

// One transaction, or one savepoint inside the caller's. What is to be done is decided again inside
// it: another process may have been faster, and then there is nothing left to do.
Outcome run_together(Connection& connection, const Decide& decide, bool outside,
                     const std::string& remains) {
  ForeignKeysOff foreign_keys(connection);
  Transaction transaction(connection);
  if (transaction.is_joined()) throw Error(kCallByItself);
  const Work work = decide(outside);
  if (work.empty()) return {read_user_version(connection), true};
  const Violations before = Violations::find(connection);
  const Outcome outcome = run_steps(connection, work, transaction.undo(), remains);
  Violations::find(connection).check_all_in(before, remains);
  transaction.commit();
  return outcome;
}

// Undoes a transaction that a script which runs alone left open.
class NothingLeftOpen {
 public:
  explicit NothingLeftOpen(Connection& connection) : undo_(connection) {}
  NothingLeftOpen(const NothingLeftOpen&) = delete;
  NothingLeftOpen& operator=(const NothingLeftOpen&) = delete;
  ~NothingLeftOpen() { undo_.run(); }

  Undo& undo() { return undo_; }
  bool is_open() const { return !undo_.is_over(); }

 private:
  Undo undo_;
};

double run_script_alone(Connection& connection, const Step& step) {
  ForeignKeysOff foreign_keys(connection);
  NothingLeftOpen transaction(connection);
  const double seconds = run_script(connection, step, transaction.undo(), kEarlierStatementsStay);
  if (transaction.is_open()) {
    throw Failure(step.migration->place_of(step.script()) +
                  ": the script leaves a transaction open (" + kEarlierStatementsStay + ")");
  }
  connection.schema().forget();  // the script may have dropped tables of Larder's
  return seconds;
}

// Runs the first script without a transaction, then records it in one.
Outcome run_alone(Connection& connection, const Work& work) {
  const Step& step = work.steps.front();
  const double seconds = run_script_alone(connection, step);
  return telling(kEarlierStatementsStay, [&] {
    Transaction transaction(connection);
    // Another process may have recorded it already.
    if (!is_recorded(connection, step)) record(connection, step, seconds);
    const std::int64_t adopted = read_adopted(connection, true);
    const Outcome outcome{write_user_version(connection, adopted), work.steps.size() == 1};
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

Outcome run_piece(Connection& connection, const Decide& decide, const std::string& remains) {
  const bool outside = sqlite3_get_autocommit(connection.db()) != 0;
  const Work work = decide(outside);
  if (work.empty()) return {read_user_version(connection), true};
  // Schema::ensure() would advise to put it into a statement, inside which no script can run.
  if (connection.lacks_transaction())
    throw Error("outside a transaction; write BEGIN IMMEDIATE before it (LARDER_JOIN)");
  connection.schema().ensure();
  const bool is_alone = work.adopted.empty() && work.steps.front().script().alone;
  return is_alone ? run_alone(connection, work)
                  : run_together(connection, decide, outside, remains);
}

// What is left after a failure, in words: of the first piece, and of a later one.
struct Remains {
  const char* nothing;
  const char* earlier_pieces;
};

std::int64_t run(Connection& connection, const Decide& decide, const Remains& remains) {
  OnlyRun only(connection);
  RowidKeeper rowid(connection.db());
  Outcome outcome = run_piece(connection, decide, remains.nothing);
  while (!outcome.is_all) {
    outcome = telling(remains.earlier_pieces,
                      [&] { return run_piece(connection, decide, remains.earlier_pieces); });
  }
  return outcome.user_version;
}

}  // namespace

std::int64_t run_up(Connection& connection, const Source& source,
                    std::optional<std::int64_t> target) {
  return run(connection, [&](bool outside) { return up_work(connection, source, target, outside); },
             {"nothing was applied", "the migrations before it stay applied"});
}

std::int64_t run_down(Connection& connection, const Source& source, std::int64_t target) {
  return run(connection,
             [&](bool outside) { return down_work(connection, source, target, outside); },
             {"nothing was undone", "the migrations after it stay undone"});
}

}  // namespace larder
