// The doctor on the connection: the settings that loading readies, as they are now.
#include "kv/check.h"
#include "store/busy.h"

namespace larder {

namespace {

std::string journal_mode(Connection& connection) {
  Query mode = connection.query("PRAGMA main.journal_mode");
  return mode.step() ? mode.text(0) : "";
}

// Of journal mode memory: whether the database itself is in memory, too. sqlite3_deserialize()
// makes one of the VFS memdb.
bool is_in_memory(sqlite3* db) {
  const char* path = sqlite3_db_filename(db, "main");
  if (path == nullptr || *path == '\0') return true;
  sqlite3_vfs* vfs = nullptr;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
  return vfs != nullptr && std::string_view(vfs->zName) == "memdb";
}

Finding without_wal(const std::string& mode) {
  return {"journal_mode", Finding::Status::kWarning,
          mode + ": readers and the writer block each other; PRAGMA journal_mode = WAL ends that"};
}

// SQLite's own mode, in which a file may be only until it is switched (store/wal_switch.h).
Finding in_mode_delete(Connection& connection) {
  if (connection.is_bare()) return without_wal("delete");
  const Schema::Survey file = connection.schema().survey();
  if (file.ours.empty()) {
    return {"journal_mode", Finding::Status::kOk, "delete; Larder's first write switches to WAL"};
  }
  if (!file.owes_wal) return without_wal("delete");
  return {"journal_mode", Finding::Status::kWarning,
          "delete: readers and the writer block each other until the switch to WAL, which is still "
          "due; the next load makes it, or the next call that writes and stands alone"};
}

}  // namespace

void check_journal_mode(Connection& connection, Findings& findings) {
  const std::string mode = journal_mode(connection);
  if (mode == "wal" || (mode == "memory" && is_in_memory(connection.db()))) {
    findings.push_back({"journal_mode", Finding::Status::kOk, mode});
  } else if (mode == "memory") {
    findings.push_back({"journal_mode", Finding::Status::kWarning,
                        "memory: a crash in a write destroys the file"});
  } else if (mode == "off") {
    findings.push_back({"journal_mode", Finding::Status::kError,
                        "off: there is no ROLLBACK, and a crash in a write destroys the file"});
  } else {
    findings.push_back(mode == "delete" ? in_mode_delete(connection) : without_wal(mode));
  }
}

// https://sqlite.org/pragma.html#pragma_synchronous: 0 OFF, 1 NORMAL, 2 FULL, 3 EXTRA.
void check_synchronous(Connection& connection, Findings& findings) {
  static constexpr const char* kNames[] = {"OFF", "NORMAL", "FULL", "EXTRA"};
  Query query = connection.query("PRAGMA main.synchronous");
  const std::int64_t level = query.step() ? query.integer(0) & 3 : 2;
  const std::string mode = journal_mode(connection);
  const std::string name = kNames[level];
  if (mode == "memory" && is_in_memory(connection.db())) {
    findings.push_back({"synchronous", Finding::Status::kOk, name + ", and nothing is on a disk"});
  } else if (level == 0) {
    findings.push_back(
        {"synchronous", Finding::Status::kWarning, "OFF: a power failure can destroy the file"});
  } else if (level == 1 && mode != "wal") {
    findings.push_back({"synchronous", Finding::Status::kWarning,
                        "NORMAL: in journal mode " + mode +
                            " a power failure at the wrong moment can destroy the file"});
  } else {
    findings.push_back({"synchronous", Finding::Status::kOk, name});
  }
}

void check_busy_timeout(Connection& connection, Findings& findings) {
  const int timeout = busy_timeout(connection);
  if (timeout > 0) {
    findings.push_back({"busy_timeout", Finding::Status::kOk, std::to_string(timeout) + " ms"});
  } else {
    findings.push_back({"busy_timeout", Finding::Status::kWarning,
                        "none: a second writer fails at once instead of waiting its turn (a busy "
                        "handler of the program's own cannot be seen)"});
  }
}

void check_foreign_keys(Connection& connection, Findings& findings) {
  Query query = connection.query("PRAGMA foreign_keys");
  if (query.step() && query.integer(0) != 0) {
    findings.push_back({"foreign_keys", Finding::Status::kOk, "ON"});
  } else {
    findings.push_back({"foreign_keys", Finding::Status::kWarning,
                        "OFF: foreign keys are declared and not checked"});
  }
}

}  // namespace larder
