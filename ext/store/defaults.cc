// Safe defaults for a connection and its file.
#include "store/defaults.h"

#include <charconv>
#include <cstring>
#include <optional>
#include <string>

#include "store/busy.h"

namespace larder {

namespace {

// The first column of the first row of a pragma; nothing when it fails or has no row.
std::optional<std::string> pragma(sqlite3* db, const char* sql) {
  try {
    Query query{Statement(db, sql)};
    if (query.step()) return query.text(0);
  } catch (const Error& error) {
    // The file is locked, read-only or no database: the default is not to be had here.
    if (error.code() == SQLITE_NOMEM) throw;
  }
  return std::nullopt;
}

// Bytes 18 and 19 of the file are 2 in WAL mode (https://sqlite.org/fileformat.html). Read through
// SQLite's own handle: this needs no lock, and closing a second handle would drop the locks of the
// first.
bool file_is_wal(sqlite3* db) {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return false;
  if (file == nullptr || file->pMethods == nullptr) return false;
  unsigned char header[20] = {};
  if (file->pMethods->xRead(file, header, sizeof header, 0) != SQLITE_OK) return false;
  return std::memcmp(header, "SQLite format 3", 16) == 0 && header[18] == 2 && header[19] == 2;
}

// In milliseconds; 0 when there is none, or a handler of the host's own.
int timeout_of(sqlite3* db) {
  const auto timeout = pragma(db, "PRAGMA busy_timeout");
  int milliseconds = 0;
  if (timeout) {
    std::from_chars(timeout->data(), timeout->data() + timeout->size(), milliseconds);
  }
  return milliseconds;
}

}  // namespace

bool ready_connection(sqlite3* db) {
  constexpr int kBusyTimeout = 5000;  // milliseconds
  const int timeout = timeout_of(db);
  // While the file is looked at nobody waits for a lock. (A host's own busy handler reads as 0, and
  // is replaced: there is no way to tell it from none.)
  sqlite3_busy_timeout(db, 0);
  const bool was_read = relax_synchronous(db);
  sqlite3_busy_timeout(db, timeout > 0 ? timeout : kBusyTimeout);
  // The pragma, not sqlite3_db_config(): inside a transaction it does nothing, and must not.
  pragma(db, "PRAGMA foreign_keys = ON");
  return was_read;
}

bool relax_synchronous(sqlite3* db) {
  if (!file_is_wal(db)) return true;
  const auto synchronous = pragma(db, "PRAGMA main.synchronous");
  if (!synchronous) return false;
  if (synchronous == "2") pragma(db, "PRAGMA main.synchronous = NORMAL");
  return true;
}

void enter_wal(Connection& connection) {
  sqlite3* db = connection.db();
  if (sqlite3_get_autocommit(db) == 0 || pragma(db, "PRAGMA query_only") == "1") return;
  if (pragma(db, "PRAGMA main.journal_mode") != "delete") return;
  // A process that starts at the same time is out of the way in a moment; for a long reader it is
  // not worth waiting.
  constexpr int kPatience = 250;  // milliseconds
  const ShortWait wait(connection, kPatience);
  if (pragma(db, "PRAGMA main.journal_mode = WAL") == "wal") relax_synchronous(db);
}

}  // namespace larder
