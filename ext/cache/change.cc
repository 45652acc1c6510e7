// What goes on around a change of an entry.
#include "cache/change.h"

#include "cache/cache_sweep.h"
#include "cache/eviction.h"
#include "cache/limits.h"
#include "cache/recency.h"

namespace larder {

namespace {

// With nothing to sweep along, no limit and no order to keep, each change is one statement,
// complete in itself. It is the last thing that can fail: so it needs no savepoint in a caller's
// transaction.
bool comes_alone(Connection& connection) {
  return !sweep_is_due(connection) && !limits_of(connection).use_order();
}

}  // namespace

Change::Change(Connection& connection, sqlite3_value* key, Scope scope)
    : connection_(connection), key_(key), cache_(connection), rowid_(connection.db()) {
  if (scope != Scope::kOuter) hot_.emplace(connection, key);
  is_alone_ = scope == Scope::kStatement && connection.is_idle() && comes_alone(connection);
  connection.schema().ensure();
  if (scope == Scope::kOuter) return;
  if (lock_inside(connection)) is_alone_ = comes_alone(connection);
  if (!is_alone_)
    transaction_.emplace(connection, Transaction::Inside::kSavepoint, Transaction::Lock::kMain);
}

// A statement that was compiled just now has seen a schema that may be newer than what is known of
// the limits. What they say now, an error included, is to come before the change.
void Change::look_before(const Query& query) {
  if (!query.is_new()) return;
  connection_.schema().doubt();
  if (limits_of(connection_).use_order() && is_alone_) throw Schema::stale();
  if (!is_alone_) met_new_schema_ = true;
}

// What is dead is absent, and so lends no place in the order of rows to what is stored next: true
// where that order matters.
bool Change::keeps_order() { return !is_alone_ && limits_of(connection_).use_order(); }

// Makes room for what is to be stored; nullptr is a row without a value.
void Change::make_way(const NewValue* value) {
  if (is_alone_ || !limits_of(connection_).any()) return;
  connection_.schema().look();  // nothing goes for a limit that somebody has lifted
  const Incoming row{key_, row_bytes(connection_, key_, value)};
  check_fits(connection_, row.bytes);
  changes_ += write_uses(connection_);
  make_room(connection_, &row);
}

// What has been stored is to keep to limits that were found only then.
void Change::keep_to_new_limits() {
  if (met_new_schema_ && !is_alone_) keep_to_limits(connection_, key_);
}

void Change::commit() {
  if (!end() || !hot_) return;
  if (known_) {
    hot_->change.finish(changes_, known_->value, known_->deadline);
  } else {
    hot_->change.finish(changes_);
  }
}

// Ends the transaction; returns whether the changes are exactly those that were counted.
bool Change::end() {
  if (transaction_) {
    transaction_->commit();
    return true;
  }
  if (!is_alone_ || !met_new_schema_) return true;
  give_up_what_exceeds();
  return false;
}

// Another process may have set a limit while this one stored a value by a statement of its own,
// which cannot be undone any more: so what does not keep to the limit goes again, and nothing else
// that happens here fails the call.
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
