// How a function changes the cache.
#include "cache/change.h"

#include "cache/eviction.h"
#include "cache/limits.h"
#include "cache/sweep.h"

namespace larder {

namespace {

// With nothing to sweep along, no limit and no order to keep, each change is one statement,
// complete in itself. It is the last thing that can fail: so it needs no savepoint in a caller's
// transaction.
bool comes_alone(Connection& connection) {
  return !sweep_is_due(connection) && !limits_of(connection).use_order();
}

}  // namespace

Change::Change(Connection& connection, sqlite3_value* key, Statements statements)
    : connection_(connection),
      key_(key),
      hot_key_(connection.db(), 'c', key),
      hot_(connection, hot_key_),
      rowid_(connection.db()) {
  bool is_alone = statements == Statements::kOne && connection.is_idle() && comes_alone(connection);
  connection.schema().ensure();
  if (lock_inside(connection)) is_alone = comes_alone(connection);
  if (!is_alone)
    transaction_.emplace(connection, Transaction::Inside::kSavepoint, Transaction::Lock::kMain);
  cache_.emplace(connection, is_alone ? Cache::Changes::kAlone : Cache::Changes::kWithOthers);
}

void Change::commit() {
  if (end()) hot_.finish(cache_->changes());
}

void Change::commit(sqlite3_value* value, std::optional<double> deadline) {
  if (end()) hot_.finish(cache_->changes(), value, deadline);
}

bool Change::end() {
  if (transaction_) {
    transaction_->commit();
    return true;
  }
  if (!cache_->met_new_schema()) return true;
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
      Cache(connection_).remove(key_);
      refusal = error;
    }
    transaction.commit();
  } catch (const std::exception&) {
    return;
  }
  if (refusal) throw *refusal;
}

}  // namespace larder
