// Undoing an open transaction, whatever keeps SQLite from running a statement just then.
#pragma once

#include <optional>

#include "store/connection.h"

namespace larder {

// Make it before the transaction begins: it compiles what it needs then, so that undoing needs no
// memory. Call watch() as soon as the transaction is open, and run() to undo it.
//
// After two kinds of failure no statement runs any more, not even ROLLBACK, until the host's own
// statement, in which our function was called, has ended. The host would then find a transaction
// open that it has not begun. But SQLite itself rolls everything back
// (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction) when such a
// failure stops the right statement:
//
// - Out of memory: any statement that reads the file will do. One is running all the time, the
//   guard, and ending it is enough. While the guard rests, the exit is started instead, which was
//   compiled before. (SQLite starts a statement in that state since 3.39.)
// - sqlite3_interrupt(): it must be a statement that writes, and the exit is one. A change of the
//   schema can make SQLite compile every statement anew; the exit can be compiled even after an
//   interrupt.
class Undo {
 public:
  // Without `release` ROLLBACK is enough.
  explicit Undo(Connection& connection, Sql rollback = "ROLLBACK",
                std::optional<Sql> release = std::nullopt);
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;

  // Starts the guard, or lets it rest when no transaction is open. Throws Error.
  void watch();

  // Ends the guard until the next watch(). Call it before a statement that may DROP, which SQLite
  // refuses while another one reads. Throws Error.
  void rest();

  // Ends the guard. Call it before the COMMIT, which would not checkpoint while another statement
  // reads.
  void end() { guard_.reset(); }

  void run() noexcept;

  // True when no transaction is open.
  bool is_over() const;

 private:
  void make_exit();
  bool undoes() noexcept;
  void leave() noexcept;

  Connection& connection_;
  Query rollback_;
  Query guard_;
  std::optional<Query> release_;
  std::optional<Query> exit_;
};

}  // namespace larder
