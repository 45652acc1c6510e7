// Prepared calls for tests that make a hundred thousand of them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "support/database.h"

namespace support {

using Argument = std::variant<std::nullptr_t, sqlite3_int64, double, std::string>;

// One row with one whole number, or NULL.
class PreparedCall {
 public:
  PreparedCall(Database& db, const char* sql) : statement_(db.prepare(sql)) {}
  PreparedCall(const PreparedCall&) = delete;
  PreparedCall& operator=(const PreparedCall&) = delete;
  ~PreparedCall() { sqlite3_finalize(statement_); }

  // NULL, and a failed call, are nothing; failed() tells them apart.
  std::optional<sqlite3_int64> operator()(const std::vector<Argument>& arguments) {
    int index = 0;
    for (const auto& argument : arguments) std::visit(Bind{statement_, ++index}, argument);
    std::optional<sqlite3_int64> result;
    const int rc = sqlite3_step(statement_);
    if (rc == SQLITE_ROW && sqlite3_column_type(statement_, 0) != SQLITE_NULL)
      result = sqlite3_column_int64(statement_, 0);
    failed_ = rc != SQLITE_ROW;
    sqlite3_reset(statement_);
    return result;
  }
  bool failed() const { return failed_; }

 private:
  struct Bind {
    sqlite3_stmt* statement;
    int index;
    void operator()(std::nullptr_t) const { sqlite3_bind_null(statement, index); }
    void operator()(sqlite3_int64 value) const { sqlite3_bind_int64(statement, index, value); }
    void operator()(double value) const { sqlite3_bind_double(statement, index, value); }
    void operator()(const std::string& value) const {
      sqlite3_bind_text(statement, index, value.c_str(), -1, SQLITE_TRANSIENT);
    }
  };

  sqlite3_stmt* statement_;
  bool failed_ = false;
};

}  // namespace support
