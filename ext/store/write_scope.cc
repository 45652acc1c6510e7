// One call, one atomic change.
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kBegin[] = "BEGIN IMMEDIATE";
constexpr char kCommit[] = "COMMIT";
constexpr char kRollback[] = "ROLLBACK";
constexpr char kSavepoint[] = "SAVEPOINT larder";
constexpr char kRollbackTo[] = "ROLLBACK TO larder";
constexpr char kRelease[] = "RELEASE larder";

// Takes the write lock and changes nothing.
constexpr char kLock[] = "DELETE FROM main.larder_meta WHERE name IS NULL";

}  // namespace

Transaction::Transaction(Connection& connection, Inside inside) : connection_(connection) {
  sqlite3* db = connection.db();
  const bool someone_writes = sqlite3_txn_state(db, nullptr) == SQLITE_TXN_WRITE;
  if (sqlite3_get_autocommit(db) != 0 && !someone_writes) {
    begin();
  } else if (inside == Inside::kSavepoint) {
    savepoint();
  }
}

Transaction::~Transaction() {
  if (kind_ != Kind::kJoined) rollback();
}

void Transaction::begin() {
  commit_.emplace(connection_.query(kCommit));
  rollback_.emplace(connection_.query(kRollback));
  begin_.emplace(connection_.query(kBegin));
  begin_->run();
  kind_ = Kind::kTransaction;
}

void Transaction::savepoint() {
  Query savepoint = connection_.query(kSavepoint);
  commit_.emplace(connection_.query(kRelease));
  rollback_.emplace(connection_.query(kRollbackTo));
  release_.emplace(connection_.query(kRelease));
  begin_.emplace(connection_.query(kBegin));
  try {
    savepoint.run();
    kind_ = Kind::kSavepoint;
  } catch (const Error& error) {
    if (error.code() != SQLITE_BUSY)
      throw;  // BUSY: "SQL statements in progress", we join the statement that writes
  }
}

void Transaction::commit() {
  if (kind_ == Kind::kJoined) return;
  commit_->run();
  kind_ = Kind::kJoined;
}

void Transaction::rollback() noexcept {
  sqlite3* db = connection_.db();
  // After a full disk, an I/O error or an interrupt SQLite may have rolled back already.
  if (sqlite3_get_autocommit(db) != 0) return;
  int rc = sqlite3_step(rollback_->get());
  if (rc == SQLITE_DONE && kind_ == Kind::kSavepoint) rc = sqlite3_step(release_->get());
  if (rc == SQLITE_DONE) return;
  // sqlite3_interrupt() stops ROLLBACK as well, as long as the statement that called us runs, and
  // would leave our transaction open in the caller's hands. But an interrupted statement that
  // writes rolls everything back (https://sqlite.org/c3ref/interrupt.html), and BEGIN IMMEDIATE is
  // one: here it can only be interrupted or refused.
  sqlite3_step(begin_->get());
}

WriteScope::WriteScope(Connection& connection)
    : rowid_(connection.db()),
      transaction_((connection.schema().ensure(), connection), Transaction::Inside::kJoin) {
  if (!transaction_.is_outermost() &&
      sqlite3_txn_state(connection.db(), "main") != SQLITE_TXN_WRITE) {
    connection.query(kLock).run();
  }
}

}  // namespace larder
