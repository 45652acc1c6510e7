// One call, one atomic change.
#pragma once

#include <optional>

#include "store/connection.h"
#include "store/undo.h"

namespace larder {

// Takes the write lock of the main database and changes nothing. Needs Larder's tables. (It reads
// no column: an authorizer may have that be NULL.)
inline constexpr char kTakeWriteLock[] = "DELETE FROM main.larder_meta WHERE 0";

// Makes what happens until commit() one change. Begins a transaction, with the write lock, when
// none is open; inside one, a savepoint, or nothing at all while a statement of the caller's is
// writing (SQLite allows no savepoint then; that statement's own end decides). Without commit()
// everything is undone. https://sqlite.org/lang_transaction.html
class Transaction {
 public:
  enum class Inside { kSavepoint, kJoin };

  // BEGIN IMMEDIATE takes the write lock of every attached database, also of one somebody else is
  // busy with: kMain takes that of the main database only, which needs Larder's tables.
  enum class Lock { kAll, kMain };

  explicit Transaction(Connection& connection, Inside inside = Inside::kSavepoint,
                       Lock lock = Lock::kAll);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

  bool is_joined() const { return kind_ == Kind::kJoined; }

  // What undoes it; there is none while it is joined.
  Undo& undo() { return *undo_; }

 private:
  enum class Kind { kJoined, kSavepoint, kTransaction };

  void begin(Lock lock);
  void savepoint();
  void start(Query& begin, Query* lock = nullptr);
  void rollback() noexcept;

  Connection& connection_;
  Kind kind_ = Kind::kJoined;
  std::optional<Query> commit_;  // compiled before anything begins
  std::optional<Undo> undo_;
};

// Puts the caller's last_insert_rowid() back at the end.
class RowidKeeper {
 public:
  explicit RowidKeeper(sqlite3* db) : db_(db), rowid_(sqlite3_last_insert_rowid(db)) {}
  RowidKeeper(const RowidKeeper&) = delete;
  RowidKeeper& operator=(const RowidKeeper&) = delete;
  ~RowidKeeper() { sqlite3_set_last_insert_rowid(db_, rowid_); }

 private:
  sqlite3* db_;
  sqlite3_int64 rowid_;
};

// For a function that changes the file by a single statement, which is atomic by itself: makes sure
// that Larder's tables exist, and keeps the caller's last_insert_rowid().
class StatementScope {
 public:
  explicit StatementScope(Connection& connection) : rowid_(connection.db()) {
    connection.schema().ensure();
  }

 private:
  RowidKeeper rowid_;
};

// Takes the write lock of the main database if a transaction of the caller's is open and has not
// taken it yet. It must come before anything reads, as SQLite waits for a lock only then. Returns
// whether the caller has a transaction open or runs a statement that writes. Needs Larder's tables.
bool lock_inside(Connection& connection);

// To be thrown where `table` has taken no change, as a trigger of somebody's on it with
// RAISE(IGNORE) may see to, and the answer of the call would say that it has.
Error not_written(const char* table);

// Throws that when the last statement, which was to write to `table`, changed no row.
void check_written(const Connection& connection, const char* table);

// For a function that reads and then writes, or writes more than one statement. Larder's tables
// exist. The write lock is held from the start, also in a caller's deferred transaction, so what is
// read inside is what will be overwritten. The caller's last_insert_rowid() stays as it was.
class WriteScope {
 public:
  // kJoin makes no savepoint in a caller's transaction. It is for a change that is one statement,
  // after which nothing can fail. (While a statement of the caller's writes there is no savepoint
  // either: then that statement is undone as a whole, or not at all.)
  explicit WriteScope(Connection& connection,
                      Transaction::Inside inside = Transaction::Inside::kSavepoint);
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;

  void commit() { transaction_.commit(); }

 private:
  static Connection& prepare(Connection& connection);

  RowidKeeper rowid_;
  Transaction transaction_;
};

}  // namespace larder
