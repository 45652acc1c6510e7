// Undoing an open transaction.
#include "store/undo.h"

namespace larder {

namespace {

// Counts as reading the file, has a row, and does next to nothing.
constexpr char kGuard[] = "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE 0)";

// Counts as writing the file, and is refused inside a transaction: all it can do is fail. SQLite's
// parser looks for an interrupt at white space and at the end of its input, neither of which is
// met here (probed by tests/faults/half_done.cc).
constexpr char kExit[] = "VACUUM;";

}  // namespace

Undo::Undo(Connection& connection, Sql rollback, std::optional<Sql> release)
    : connection_(connection),
      rollback_(connection.query_compiled(rollback)),
      guard_(connection.query(kGuard)) {
  if (release) release_.emplace(connection.query_compiled(*release));
}

bool Undo::is_over() const { return sqlite3_get_autocommit(connection_.db()) != 0; }

void Undo::watch() {
  if (is_over()) return guard_.reset();
  if (!guard_.is_running()) guard_.step();
}

void Undo::make_exit() { exit_.emplace(connection_.query_once(kExit)); }

void Undo::rest() {
  if (!is_over() && (!exit_ || exit_->may_be_expired())) make_exit();
  guard_.reset();
}

// A progress handler of the host's may stop the ROLLBACK and then let the exit go, which so fails
// without rolling back: then both have their turns again. (The ROLLBACK two in a row, so that a
// handler which stops every other one does not meet it each time. One that stops at random, every
// second step or so, may still win: no time limit does that.)
void Undo::run() noexcept {
  constexpr int kTurns = 3;
  // After a full disk, an I/O error or an interrupt SQLite may have rolled back already.
  for (int turn = 0; turn < kTurns && !is_over(); ++turn) {
    if (undoes() || undoes()) return;
    guard_.reset();
    if (!is_over()) leave();
  }
}

bool Undo::undoes() noexcept {
  rollback_.reset();
  if (rollback_.try_step() != SQLITE_DONE) return is_over();
  if (!release_) return true;
  release_->reset();
  return release_->try_step() == SQLITE_DONE || is_over();
}

void Undo::leave() noexcept {
  try {
    if (!exit_ || exit_->is_expired()) make_exit();
    exit_->reset();
    exit_->try_step();
  } catch (const std::exception&) {
    // Nothing can be compiled for want of memory, and what was has expired: a DROP of a temporary
    // table does that while the guard rests. The host finds its transaction open.
  }
}

}  // namespace larder
