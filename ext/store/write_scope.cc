// One call, one atomic change.
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kBegin[] = "BEGIN IMMEDIATE";
constexpr char kBeginDeferred[] = "BEGIN";
constexpr char kCommit[] = "COMMIT";
constexpr char kRollback[] = "ROLLBACK";
constexpr char kSavepoint[] = "SAVEPOINT larder_call";
constexpr char kRollbackTo[] = "ROLLBACK TO larder_call";
constexpr char kRelease[] = "RELEASE larder_call";

// Counts as reading the file, has a row, and does next to nothing.
constexpr char kGuard[] = "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE 0)";

// Takes the write lock and changes nothing.
constexpr char kLock[] = "DELETE FROM main.larder_meta WHERE name IS NULL";

}  // namespace

Transaction::Transaction(Connection& connection, Inside inside, Lock lock)
    : connection_(connection) {
  sqlite3* db = connection.db();
  if (sqlite3_get_autocommit(db) != 0 && sqlite3_txn_state(db, nullptr) != SQLITE_TXN_WRITE) {
    begin(lock);
  } else if (inside == Inside::kSavepoint) {
    savepoint();
  }
}

Transaction::~Transaction() {
  if (kind_ != Kind::kJoined) rollback();
}

void Transaction::begin(Lock lock) {
  commit_.emplace(connection_.query_compiled(kCommit));
  rollback_.emplace(connection_.query_compiled(kRollback));
  if (lock == Lock::kAll) {
    writer_.emplace(connection_.query_compiled(kBegin));
    start(*writer_, Kind::kTransaction);
  } else {
    writer_.emplace(connection_.query_compiled(kLock));
    Query begin = connection_.query_compiled(kBeginDeferred);
    start(begin, Kind::kTransaction, &*writer_);
  }
}

void Transaction::savepoint() {
  Query savepoint = connection_.query_compiled(kSavepoint);
  commit_.emplace(connection_.query_compiled(kRelease));
  rollback_.emplace(connection_.query_compiled(kRollbackTo));
  release_.emplace(connection_.query_compiled(kRelease));
  writer_.emplace(connection_.query_once(kBegin));
  try {
    start(savepoint, Kind::kSavepoint);
  } catch (const Error& error) {
    if (error.code() != SQLITE_BUSY)
      throw;  // BUSY: "SQL statements in progress", we join the one that writes
    kind_ = Kind::kJoined;
  }
}

void Transaction::start(Query& statement, Kind kind, Query* lock) {
  Query guard = connection_.query_compiled(kGuard);
  kind_ = kind;
  try {
    statement.run();
    if (lock != nullptr) lock->run();  // before anything reads: SQLite waits for a lock only then
    guard_.emplace(std::move(guard));
    guard_->step();
  } catch (const Error& error) {
    // An interrupt may be reported although the transaction has begun.
    if (error.code() != SQLITE_BUSY || kind == Kind::kTransaction) rollback();
    throw;
  }
}

void Transaction::commit() {
  if (kind_ == Kind::kJoined) return;
  // What has changed the schema makes SQLite compile it again. For want of memory that may fail:
  // then rollback() needs the guard, which on the other hand would keep SQLite from checkpointing.
  if (commit_->is_expired())
    commit_.emplace(connection_.query_once(kind_ == Kind::kTransaction ? kCommit : kRelease));
  guard_.reset();
  try {
    commit_->run();
  } catch (const Error& error) {
    // Interrupted only after it was done: a COMMIT that is interrupted before leaves the
    // transaction open.
    const bool done = kind_ == Kind::kTransaction && sqlite3_get_autocommit(connection_.db()) != 0;
    if (error.code() != SQLITE_INTERRUPT || !done) throw;
  }
  kind_ = Kind::kJoined;
}

void Transaction::rollback() noexcept {
  sqlite3* db = connection_.db();
  const auto is_over = [&] { return sqlite3_get_autocommit(db) != 0; };
  // After a full disk, an I/O error or an interrupt SQLite may have rolled back already.
  if (is_over()) return;
  int rc = sqlite3_step(rollback_->get());
  if (rc == SQLITE_DONE && kind_ == Kind::kSavepoint) rc = sqlite3_step(release_->get());
  if (rc == SQLITE_DONE || is_over()) return;

  // Two failures keep ROLLBACK from running as long as the statement that called us does, and would
  // leave our transaction open in the caller's hands. Both make SQLite itself roll everything back
  // (https://sqlite.org/lang_transaction.html) when they meet the right statement.
  //
  // Out of memory: SQLite runs nothing more until the caller's statement has ended; but one that is
  // reading, and is stopped, takes the transaction with it. The guard is that one.
  guard_.reset();
  if (is_over()) return;
  // sqlite3_interrupt(): an interrupted statement that writes rolls back. This one has been
  // compiled or run just now (one that had expired would be interrupted in compiling, which rolls
  // back nothing), and if it is not interrupted it changes nothing.
  writer_->reset();
  sqlite3_step(writer_->get());
}

// In a caller's transaction the lock comes before anything that reads, a savepoint's guard
// included: SQLite waits for a lock only then.
WriteScope::WriteScope(Connection& connection, Transaction::Inside inside)
    : rowid_(connection.db()),
      transaction_((prepare(connection), connection), inside, Transaction::Lock::kMain) {}

void WriteScope::prepare(Connection& connection) {
  connection.schema().ensure();
  sqlite3* db = connection.db();
  const bool is_inside =
      sqlite3_get_autocommit(db) == 0 || sqlite3_txn_state(db, nullptr) == SQLITE_TXN_WRITE;
  if (is_inside && sqlite3_txn_state(db, "main") != SQLITE_TXN_WRITE) connection.query(kLock).run();
}

}  // namespace larder
