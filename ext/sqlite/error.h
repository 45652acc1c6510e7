// The one exception type thrown by our own code: an SQLite result code and a message for the user.
#pragma once

#include <exception>
#include <string>

#include "sqlite/api.h"

namespace larder {

class Error : public std::exception {
 public:
  // `code` is a (possibly extended) SQLite result code, https://sqlite.org/rescode.html.
  // `message` says what was wrong with which value; the boundary puts the function's name in front.
  Error(int code, std::string message) : code_(code), message_(std::move(message)) {}

  // A bad argument.
  explicit Error(std::string message) : Error(SQLITE_ERROR, std::move(message)) {}

  // What the last failed call on `db` left behind. `rc` is that call's return value: it decides
  // when the connection's own error state has nothing to say (SQLITE_MISUSE, SQLITE_NOMEM).
  static Error last(sqlite3* db, int rc) {
    const int extended = sqlite3_extended_errcode(db);
    const bool same = (extended & 0xff) == (rc & 0xff);
    const char* text = same ? sqlite3_errmsg(db) : sqlite3_errstr(rc);
    std::string message = text ? text : "";
    if ((same ? extended : rc) == SQLITE_BUSY_SNAPSHOT) {
      message +=
          ": another connection wrote after this statement or transaction had begun to read; call "
          "it "
          "without FROM, as INSERT ... SELECT, or inside BEGIN IMMEDIATE";
    }
    return Error(same ? extended : rc, std::move(message));
  }

  // True when the call must not be made again in spite of a code that asks for it, because part of
  // its work stays.
  virtual bool is_final() const { return false; }

  int code() const { return code_; }
  const char* what() const noexcept override { return message_.c_str(); }
  const std::string& message() const { return message_; }

 private:
  int code_;
  std::string message_;
};

// Throws Error for what is wrong at `place`: a file, a directory, or a line of a file.
[[noreturn]] inline void fail_at(const std::string& place, const std::string& why) {
  throw Error(place + ": " + why);
}

// Throws what `db` has to say unless `rc` is SQLITE_OK.
inline void check(sqlite3* db, int rc) {
  if (rc != SQLITE_OK) throw Error::last(db, rc);
}

}  // namespace larder
