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
    // The file is locked, read-only or no database: the default is not to be had here. An interrupt
    // has ended the transaction, if one was open.
    if (error.code() == SQLITE_NOMEM || error.code() == SQLITE_INTERRUPT) throw;
  }
  return std::nullopt;
}

enum class FileKind { kNone, kRollback, kWal };

// Bytes 18 and 19 of the file are 2 in WAL mode (https://sqlite.org/fileformat.html). Read through
// SQLite's own handle: this needs no lock, and closing a second handle would drop the locks of the
// first.
FileKind file_kind(sqlite3_file* file) {
  unsigned char header[20] = {};
  if (file->pMethods->xRead(file, header, sizeof header, 0) != SQLITE_OK) return FileKind::kNone;
  if (std::memcmp(header, "SQLite format 3", 16) != 0) return FileKind::kNone;
  return header[18] == 2 && header[19] == 2 ? FileKind::kWal : FileKind::kRollback;
}

// nullptr where the main database is in no file.
sqlite3_file* main_file(sqlite3* db) {
  sqlite3_file* file = nullptr;
  if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
    return nullptr;
  return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

// In milliseconds; 0 when there is none, or a handler of the host's own. Nothing when an authorizer
// keeps it to itself.
std::optional<int> timeout_of(sqlite3* db) {
  const auto timeout = pragma(db, "PRAGMA busy_timeout");
  if (!timeout) return std::nullopt;
  int milliseconds = 0;
  std::from_chars(timeout->data(), timeout->data() + timeout->size(), milliseconds);
  return milliseconds;
}

}  // namespace

// A host's own busy handler reads as 0, and is replaced: there is no way to tell it from none.
ReadyConnection::ReadyConnection(sqlite3* db) : db_(db), timeout_(timeout_of(db)) {
  if (timeout_) sqlite3_busy_timeout(db, 0);
  // The pragma, not sqlite3_db_config(): inside a transaction it does nothing, and must not.
  pragma(db, "PRAGMA foreign_keys = ON");
}

ReadyConnection::~ReadyConnection() {
  constexpr int kBusyTimeout = 5000;  // milliseconds
  if (timeout_) sqlite3_busy_timeout(db_, *timeout_ > 0 ? *timeout_ : kBusyTimeout);
}

bool relax_synchronous(sqlite3* db) {
  sqlite3_file* file = main_file(db);
  if (file == nullptr) return true;
  if (file_kind(file) != FileKind::kWal) return false;
  const auto synchronous = pragma(db, "PRAGMA main.synchronous");
  if (synchronous == "2") pragma(db, "PRAGMA main.synchronous = NORMAL");
  return synchronous.has_value();
}

bool is_quiet_rollback_file(sqlite3* db) {
  sqlite3_file* file = main_file(db);
  if (file == nullptr || file_kind(file) != FileKind::kRollback) return false;
  // What lies in memory (sqlite3_deserialize, the VFS memdb) has no such method.
  if (file->pMethods->xCheckReservedLock == nullptr) return false;
  int is_reserved = 1;
  return file->pMethods->xCheckReservedLock(file, &is_reserved) == SQLITE_OK && is_reserved == 0;
}

bool may_enter_wal(sqlite3* db) {
  return pragma(db, "PRAGMA main.journal_mode").value_or("delete") == "delete";
}

bool enter_wal(Connection& connection, int patience) {
  sqlite3* db = connection.db();
  if (!may_enter_wal(db)) return true;
  if (sqlite3_get_autocommit(db) == 0 || sqlite3_db_readonly(db, "main") != 0 ||
      pragma(db, "PRAGMA query_only") == "1")
    return false;
  const ShortWait wait(connection, patience);
  if (pragma(db, "PRAGMA main.journal_mode = WAL") != "wal") return false;
  connection.relax();
  return true;
}

}  // namespace larder
