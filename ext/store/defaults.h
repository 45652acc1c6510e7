// Safe defaults for a connection and its file. Each changes a setting only while it has SQLite's
// own default. Where one cannot act it does nothing and reports nothing: the call that asked for it
// goes on. Only want of memory is an error.
#pragma once

#include <optional>

#include "sqlite/api.h"

namespace larder {

class Connection;

// The settings of the connection itself: a busy timeout of 5 s where there was none, and foreign
// keys on. While this object lives nobody waits for a lock; the timeout holds from its end on.
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

// True when there is a file, it is not in WAL mode, and nobody is writing it. Then it can be looked
// at without waiting.
bool is_quiet_rollback_file(sqlite3* db);

// True while the main database is in journal mode DELETE, SQLite's own default, and when its mode
// cannot be read. Any other mode is somebody's choice, or WAL already.
bool may_enter_wal(sqlite3* db);

// Switches a file in journal mode DELETE to WAL. Not while a transaction is open, nor when the file
// cannot be written. Waits up to `patience` milliseconds for another connection that is in the way.
// False when the switch is still to be made, see may_enter_wal().
bool enter_wal(Connection& connection, int patience);

}  // namespace larder
