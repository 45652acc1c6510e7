// Safe defaults for a connection and its file. Each touches a setting only while it still has
// SQLite's own default, and each gives way silently where it cannot act: a default must not fail
// the call that asked for it, unless there is no memory.
#pragma once

#include <optional>

#include "sqlite/api.h"

namespace larder {

class Connection;

// What loading does with the connection's own settings: a busy timeout of 5 s where there was none,
// and foreign keys on. The timeout holds from its end on: while it lives nobody waits for a lock.
// Reads and writes no file.
class ReadyConnection {
 public:
  explicit ReadyConnection(sqlite3* db);
  ReadyConnection(const ReadyConnection&) = delete;
  ReadyConnection& operator=(const ReadyConnection&) = delete;
  ~ReadyConnection();

 private:
  sqlite3* db_;
  std::optional<int> timeout_;  // milliseconds; nothing: it stays as it is
};

// synchronous FULL becomes NORMAL if the file is in WAL mode: there NORMAL cannot corrupt, and a
// commit costs no fsync (https://sqlite.org/pragma.html#pragma_synchronous). False when that is
// still to come: the file is not in WAL mode, or could not be read.
bool relax_synchronous(sqlite3* db);

// True when the file is there, is in no WAL mode, and nobody is writing it: it can be looked at
// without waiting.
bool is_quiet_rollback_file(sqlite3* db);

// True while the main database is in journal mode DELETE, SQLite's own default, or cannot be asked:
// any other mode is somebody's choice, or WAL already.
bool may_enter_wal(sqlite3* db);

// Switches a file in journal mode DELETE to WAL, unless a transaction is open, it cannot be
// written, or another connection is in the way; waits for that up to `patience` milliseconds. False
// when that is still to come, see may_enter_wal().
bool enter_wal(Connection& connection, int patience);

}  // namespace larder
