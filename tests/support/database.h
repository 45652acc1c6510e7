// What the C++ tests share: scratch folders, connections, and what must hold of every file.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

namespace support {

// The extension under test; CTest sets it.
inline std::string larder_path() {
  const char* path = std::getenv("LARDER");
  return path ? path : "./larder";
}

// A folder that is gone at the end.
class Scratch {
 public:
  // In the folder `parent`, or in that of temporary files.
  explicit Scratch(std::filesystem::path parent = {}) {
    if (parent.empty()) parent = std::filesystem::temp_directory_path();
    std::string pattern = (parent / "larder-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

// How a statement ended: its extended result code, the message, and the last row's first column.
struct Outcome {
  int code = SQLITE_OK;
  std::string message;
  std::string value;

  int primary() const { return code & 0xff; }
  bool ok() const { return code == SQLITE_OK; }
};

inline std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  return out << outcome.code << " (" << outcome.message << ") '" << outcome.value << "'";
}

class Database {
 public:
  explicit Database(const std::string& path = ":memory:",
                    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                    const char* vfs = nullptr) {
    open_code_ = sqlite3_open_v2(path.c_str(), &db_, flags, vfs);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { sqlite3_close_v2(db_); }

  sqlite3* get() const { return db_; }
  int open_code() const { return open_code_; }

  // Loads the extension. An empty entry point is SQLite's own choice, as for `.load ./larder`.
  Outcome load(const char* entry = nullptr, const std::string& path = larder_path()) {
    sqlite3_enable_load_extension(db_, 1);
    char* message = nullptr;
    Outcome outcome;
    outcome.code = sqlite3_load_extension(db_, path.c_str(), entry, &message);
    if (message) outcome.message = message;
    sqlite3_free(message);
    return outcome;
  }

  // Runs all statements of `sql`, up to the first that fails.
  Outcome run(const std::string& sql) {
    Outcome outcome;
    const char* rest = sql.c_str();
    while (outcome.ok() && *rest) {
      sqlite3_stmt* statement = nullptr;
      int rc = sqlite3_prepare_v2(db_, rest, -1, &statement, &rest);
      if (rc == SQLITE_OK && statement) {
        while ((rc = sqlite3_step(statement)) == SQLITE_ROW) {
          const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
          outcome.value = text ? text : "NULL";
        }
        if (rc == SQLITE_DONE) rc = SQLITE_OK;
      }
      if (rc != SQLITE_OK) {
        outcome.code = sqlite3_extended_errcode(db_);
        if ((outcome.code & 0xff) != (rc & 0xff)) outcome.code = rc;
        outcome.message = sqlite3_errmsg(db_);
      }
      sqlite3_finalize(statement);
    }
    return outcome;
  }

  // The first column of the last row; a failure shows in the text.
  std::string value(const std::string& sql) {
    const Outcome outcome = run(sql);
    if (!outcome.ok()) return "error " + std::to_string(outcome.code) + ": " + outcome.message;
    return outcome.value;
  }

  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr), SQLITE_OK)
        << sql << ": " << sqlite3_errmsg(db_);
    return statement;
  }

  bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

  // sqlite3_close(); when it refuses, the connection is still ours.
  int close() {
    const int rc = sqlite3_close(db_);
    if (rc == SQLITE_OK) db_ = nullptr;
    return rc;
  }

  // Hands the connection to sqlite3_close_v2().
  int close_v2() { return sqlite3_close_v2(std::exchange(db_, nullptr)); }

 private:
  sqlite3* db_ = nullptr;
  int open_code_ = SQLITE_OK;
};

// Before 3.39 SQLite starts no statement at all without memory, and so not the one that would undo
// a migration's DROP, beside which none may run (store/undo.h).
inline bool can_undo_without_memory(const std::string& sql) {
  return sqlite3_libversion_number() >= 3039000 || !sql.starts_with("SELECT migrate");
}

// A file that has been through anything is whole, and its expiry index is a lower bound
// (sql/schema/cache.sql).
inline void expect_sound(Database& db) {
  EXPECT_FALSE(db.in_transaction());
  EXPECT_EQ(db.value("PRAGMA integrity_check"), "ok");
  if (db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'larder_cache'") != "1") return;
  EXPECT_EQ(db.value("SELECT count(*) FROM larder_cache "
                     "WHERE (sweep_at IS NULL) <> (expires_at IS NULL) OR sweep_at > expires_at"),
            "0");
}

}  // namespace support
