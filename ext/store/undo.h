// Undoing an open transaction, whatever keeps SQLite from running a statement just then.
#pragma once

#include <optional>

#include "store/connection.h"

namespace larder {

// Make it before the transaction begins: what it needs is compiled then, so that undoing needs no
// memory. Call watch() as soon as the transaction is open, run() to undo it.
//
// Two failures stay in force until the host's own statement, in which our function was called, has
// ended: no statement runs any more, ROLLBACK included, and the transaction would be left open in
// the host's hands. In both SQLite itself rolls everything back
// (https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction) when the right
// statement fails:
//
// - Out of memory: any statement that reads the file and is stopped. While one runs, the guard,
//   stopping it is enough; else one that was compiled before (the exit) has to be started, which
//   SQLite lets us do since 3.39.
// - sqlite3_interrupt(): a statement that writes. The exit is one. What changes the schema can make
//   SQLite compile every statement anew, but the exit can be compiled also after an interrupt.
class Undo {
 public:
  // Without `release` ROLLBACK is enough.
  explicit Undo(Connection& connection, Sql rollback = "ROLLBACK",
                std::optional<Sql> release = std::nullopt);
  Undo(const Undo&) = delete;
  Undo& operator=(const Undo&) = delete;

  // Starts the guard, or lets it rest when no transaction is open. Throws Error.
  void watch();

  // The guard rests until watch(), for a statement that may DROP: SQLite refuses that while another
  // one reads. Throws Error.
  void rest();

  // The same for the COMMIT itself, which would not checkpoint; what it needs it has.
  void end() { guard_.reset(); }

  void run() noexcept;

 private:
  bool is_over() const;
  void make_exit();
  void leave() noexcept;

  Connection& connection_;
  Query rollback_;
  Query guard_;
  std::optional<Query> release_;
  std::optional<Query> exit_;
};

}  // namespace larder
