// One call, one atomic change.
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kBeginImmediate[] = "BEGIN IMMEDIATE";
constexpr char kBeginDeferred[] = "BEGIN";
constexpr char kCommit[] = "COMMIT";
constexpr char kSavepoint[] = "SAVEPOINT larder_call";
constexpr char kRollbackToSavepoint[] = "ROLLBACK TO larder_call";
constexpr char kReleaseSavepoint[] = "RELEASE larder_call";
// The same for undoing. Each waits for its use while the other does, and one text is kept once.
constexpr char kReleaseUndone[] = "RELEASE SAVEPOINT larder_call";

// An authorizer that has changed its mind since the statement was looked at has had it do nothing.
Error was_emptied(Query& statement) {
  statement.discard();
  return {SQLITE_AUTH, "not authorized"};
}

}  // namespace

Transaction::Transaction(Connection& connection, Inside inside, Lock lock)
    : connection_(connection) {
  if (!connection.is_inside()) {
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
  undo_.emplace(connection_);
  kind_ = Kind::kTransaction;
  if (lock == Lock::kAll) {
    Query begin = connection_.query_compiled(kBeginImmediate);
    start(begin);
  } else {
    Query writer = connection_.query_compiled(kTakeWriteLock);
    Query begin = connection_.query_compiled(kBeginDeferred);
    start(begin, &writer);
  }
}

void Transaction::savepoint() {
  Query savepoint = connection_.query_compiled(kSavepoint);
  commit_.emplace(connection_.query_compiled(kReleaseSavepoint));
  undo_.emplace(connection_, Sql(kRollbackToSavepoint), Sql(kReleaseUndone));
  const int rc = savepoint.try_step();
  if (rc == SQLITE_BUSY) return;  // "SQL statements in progress": we join the one that writes
  // (Stopped after that, SQLite keeps the message of the refusal.)
  if (rc == SQLITE_INTERRUPT) throw Error(rc, sqlite3_errstr(rc));
  if (rc != SQLITE_DONE) throw Error::last(connection_.db(), rc);
  kind_ = Kind::kSavepoint;
  try {
    undo_->watch();
  } catch (const Error&) {
    rollback();
    throw;
  }
}

void Transaction::start(Query& begin, Query* lock) {
  try {
    begin.run();
    if (undo_->is_over()) throw was_emptied(begin);
    if (lock != nullptr) lock->run();  // before anything reads: SQLite waits for a lock only then
    undo_->watch();
  } catch (const Error&) {
    rollback();  // An interrupt may be reported although the transaction has begun.
    throw;
  }
}

void Transaction::commit() {
  if (kind_ == Kind::kJoined) return;
  const bool is_whole = kind_ == Kind::kTransaction;
  // What has changed the schema makes SQLite compile it again: now, while the guard still watches.
  if (commit_->may_be_expired())
    commit_.emplace(connection_.query_once(is_whole ? kCommit : kReleaseSavepoint));
  undo_->end();
  try {
    commit_->run();
  } catch (const Error& error) {
    // Interrupted only after it was done: a COMMIT that is interrupted before leaves the
    // transaction open.
    if (error.code() != SQLITE_INTERRUPT || !is_whole || !undo_->is_over()) throw;
  }
  // (A savepoint that an authorizer has kept open changes nothing: the caller's own end of the
  // transaction ends it.)
  if (is_whole && !undo_->is_over()) throw was_emptied(*commit_);
  kind_ = Kind::kJoined;
}

// What was remembered of the schema inside it may be undone as well.
void Transaction::rollback() noexcept {
  undo_->run();
  connection_.schema().forget();
}

bool lock_inside(Connection& connection) {
  sqlite3* db = connection.db();
  const bool is_inside = connection.is_inside();
  if (is_inside && sqlite3_txn_state(db, "main") != SQLITE_TXN_WRITE) {
    Query lock = connection.query(kTakeWriteLock);
    lock.run();
    // What the file was before may be so no more, and is this from now on.
    if (lock.was_compiled()) connection.schema().doubt();
  }
  return is_inside;
}

Error not_written(const char* table) {
  return Error(std::string(table) + " did not take the change: is there a trigger on it?");
}

void check_written(const Connection& connection, const char* table) {
  if (sqlite3_changes(connection.db()) == 0) throw not_written(table);
}

// The lock comes before a savepoint's guard, which reads.
WriteScope::WriteScope(Connection& connection, Transaction::Inside inside)
    : rowid_(connection.db()),
      transaction_(prepare(connection), inside, Transaction::Lock::kMain) {}

Connection& WriteScope::prepare(Connection& connection) {
  connection.schema().ensure();
  lock_inside(connection);
  return connection;
}

}  // namespace larder
