// Safe defaults for a connection and its file. Each touches a setting only while it still has
// SQLite's own default, and each gives way silently where it cannot act: a default must not fail
// the call that asked for it.
#pragma once

#include "sqlite/api.h"

namespace larder {

class Connection;

// What loading does: a busy timeout of 5 s where there was none, foreign keys on, and
// relax_synchronous(). Takes no lock that it would have to wait for and writes nothing. Returns
// false when the file could not be read now: call relax_synchronous() later.
bool ready_connection(sqlite3* db);

// synchronous FULL becomes NORMAL if the file is in WAL mode: there NORMAL cannot corrupt, and a
// commit costs no fsync (https://sqlite.org/pragma.html#pragma_synchronous). Returns false when the
// file could not be read.
bool relax_synchronous(sqlite3* db);

// Switches a file in journal mode DELETE to WAL, and then synchronous as above; not while a
// transaction is open or another connection is in the way.
void enter_wal(Connection& connection);

}  // namespace larder
