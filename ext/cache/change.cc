// What goes on around a change of an entry.
#include "cache/change.h"

#include "cache/cache_sweep.h"
#include "cache/eviction.h"
#include "cache/limits.h"
#include "cache/recency.h"

namespace larder {

namespace {

// When no dead row waits and no limit or order is to be kept, one statement changes the row, which
// is atomic by itself. It is the last that can fail, so it needs no savepoint in a caller's
// transaction.
bool comes_alone(Connection& connection) {
  return !sweep_is_due(connection) && !limits_of(connection).use_order();
}

}  // namespace

Change::Change(Connection& connection, sqlite3_value* key, Scope scope)
    : connection_(connection), key_(key), cache_(connection), rowid_(connection.db()) {
  if (scope != Scope::kOuter) hot_.emplace(connection, key);
  const bool wants_lock = hot_ && hot_->change.wants_lock();
  is_alone_ =
      scope == Scope::kStatement && !wants_lock && connection.is_idle() && comes_alone(connection);
  connection.schema().ensure();
  if (scope == Scope::kOuter) return;
  if (lock_inside(connection)) is_alone_ = comes_alone(connection);
  if (is_alone_) return;
  transaction_.emplace(connection, Transaction::Inside::kSavepoint, Transaction::Lock::kMain);
  if (!transaction_->is_joined()) hot_->change.locked();
}

// Call it before a statement runs. One that has just been compiled has seen today's schema, which
// may be newer than what is known of the limits: so they are read again. If there is a limit after
// all, the call begins anew.
void Change::look_before(const Query& query) {
  if (!query.is_new()) return;
  connection_.schema().doubt();
  if (limits_of(connection_).use_order() && is_alone_) throw Schema::stale();
  if (!is_alone_) met_new_schema_ = true;
}

// True when the order matters in which rows were added. Then an entry that is stored over a dead
// one must not take its place in that order.
bool Change::keeps_order() { return !is_alone_ && limits_of(connection_).use_order(); }

// Makes room for what is to be stored.
void Change::make_way(const NewValue& value) {
  if (is_alone_ || !limits_of(connection_).any()) return;
  connection_.schema().notice();  // nothing goes for a limit that somebody has lifted
  const Incoming row{key_, row_bytes(connection_, key_, value)};
  check_fits(connection_, row.bytes);
  changes_ += write_uses(connection_);
  make_room(connection_, &row);
}

// Removes what is too much when the limits were found only by the statement that stored.
void Change::keep_to_new_limits() {
  if (met_new_schema_ && !is_alone_) keep_to_limits(connection_, key_);
}

void Change::commit() {
  const bool is_counted = end_transaction();
  if (!is_counted || !hot_) return;
  if (known_) {
    hot_->change.finish(changes_, known_->value, known_->deadline);
  } else {
    hot_->change.finish(changes_);
  }
}

// Ends the transaction; returns whether the changes are exactly those that were counted.
bool Change::end_transaction() {
  if (transaction_) {
    transaction_->commit();
    return true;
  }
  if (!is_alone_ || !met_new_schema_) return true;
  give_up_what_exceeds();
  return false;
}

// Another process may have set a limit while this one stored a value by a single statement, which
// is committed by now. If the value does not fit, it is removed again and the call fails. Any other
// failure here is ignored: the value is stored, as the caller wanted.
void Change::give_up_what_exceeds() {
  std::optional<Error> refusal;
  try {
    Transaction transaction(connection_, Transaction::Inside::kSavepoint, Transaction::Lock::kMain);
    try {
      keep_to_limits(connection_, key_);
    } catch (const Error& error) {
      if (error.code() != SQLITE_ERROR) throw;
      Change(connection_, key_, Scope::kOuter).remove();
      refusal = error;
    }
    transaction.commit();
  } catch (const std::exception&) {
    return;
  }
  if (refusal) throw *refusal;
}

}  // namespace larder
