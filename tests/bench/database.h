// A database file and its prepared statements, in the least C++ that is still safe: what both sides
// of the benchmark call SQLite through.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

// Everything here throws std::runtime_error with SQLite's own message.
class Database {
 public:
  // Opens or creates the file, and runs `settings`.
  static constexpr char kSettings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";
  explicit Database(const std::string& path, const char* settings = kSettings);

  sqlite3* handle() const { return handle_.get(); }
  void run(const std::string& sql);
  void load_extension(const std::string& path);

  // Moves the write-ahead log into the file, so that the next round starts with an empty one.
  void checkpoint();

  // Somebody else commits, so that nothing in memory is known to be up to date; and a checkpoint.
  void disturb();

  // Pages this connection has written: in WAL mode a page written is a frame.
  std::int64_t pages_written() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

class Statement {
 public:
  Statement(const Database& database, const char* sql);

  // Texts must live until the next reset().
  void bind(int index, std::string_view text) {
    sqlite3_bind_text(handle_.get(), index, text.data(), static_cast<int>(text.size()), nullptr);
  }
  void bind(int index, std::int64_t number) { sqlite3_bind_int64(handle_.get(), index, number); }

  // True when a row is there.
  bool step() {
    const int rc = sqlite3_step(handle_.get());
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) fail();
    return false;
  }
  void reset() { sqlite3_reset(handle_.get()); }

  // Runs to the end and resets.
  void run() {
    while (step()) {
    }
    reset();
  }

  // Runs, resets, and returns the first column of the first row.
  std::int64_t run_for_number() {
    if (!step()) throw std::runtime_error("no row");
    const std::int64_t number = integer(0);
    reset();
    return number;
  }

  std::int64_t integer(int column) { return sqlite3_column_int64(handle_.get(), column); }

  // The bytes of a column; NULL is empty.
  std::string_view bytes(int column) {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_.get(), column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
  }

 private:
  [[noreturn]] void fail() const;

  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

}  // namespace bench
