// Owning and running prepared statements.
#include "sqlite/statement.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "sqlite/key.h"
#include "sqlite/program.h"
#include "sqlite/value.h"

namespace larder {

Statement::Statement(sqlite3* db, const char* sql, unsigned flags, const char** tail) {
  sqlite3_stmt* handle = nullptr;
  // Length -1: with a length, SQLite copies all the rest of a long script for each statement in it.
  check(db, sqlite3_prepare_v3(db, sql, -1, flags, &handle, tail));
  handle_.reset(handle);
}

// The API is called deprecated, because SQLite compiles again by itself; but that needs memory and
// is open to interrupts, just when a ROLLBACK must not fail. Hosts that are compiled with
// SQLITE_OMIT_DEPRECATED lack it: better-sqlite3 and go-sqlite3 are.
std::optional<bool> Statement::tell_expired() const {
#if defined(SQLITE_CORE) && defined(SQLITE_OMIT_DEPRECATED)
  return std::nullopt;
#else
#ifndef SQLITE_CORE
  if (sqlite3_api->expired == nullptr) return std::nullopt;
#endif
  return sqlite3_expired(get()) != 0;
#endif
}

namespace {

bool begins_with_any(std::string_view sql, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return sql.starts_with(word); });
}

}  // namespace

bool Statement::depends_on_schema() const {
  return !begins_with_any(sqlite3_sql(get()),
                          {"PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"});
}

bool Statement::is_about_savepoint() const {
  return begins_with_any(sqlite3_sql(get()), {"SAVEPOINT", "RELEASE", "ROLLBACK TO"});
}

bool Statement::has_expired() const {
  if (const auto told = tell_expired()) return *told;
  const bool has_run = sqlite3_step(get()) == SQLITE_ROW;
  sqlite3_reset(get());
  return !has_run || recompiled() > 0;
}

Query::~Query() {
  if (!statement_) return;  // moved from
  // An error of the run was thrown by step(); reset only repeats it.
  sqlite3_reset(get());
  if (slot_ == nullptr) return;
  const bool is_other = was_compiled() && statement_.depends_on_schema();
  if (is_other) *slot_->was_compiled = true;
  // What SQLite has compiled again is not kept: an authorizer may have hidden something this time.
  if (!slot_->keeps || slot_->idle || (is_other && !is_new_)) return;
  if (bound_ != 0) sqlite3_clear_bindings(get());
  slot_->idle = std::move(statement_);
}

void Query::check_bound(int index, int rc) {
  bound_ |= bit_of(index);
  if (rc != SQLITE_OK) throw Error::last(sqlite3_db_handle(get()), rc);
}

Query& Query::bind(int index, std::int64_t value) {
  check_bound(index, sqlite3_bind_int64(get(), index, value));
  return *this;
}

Query& Query::bind(int index, double value) {
  check_bound(index, sqlite3_bind_double(get(), index, value));
  return *this;
}

Query& Query::bind(int index, std::string_view text) {
  // An empty view may point nowhere, and a null pointer would bind NULL.
  const char* data = text.data() ? text.data() : "";
  check_bound(index,
              sqlite3_bind_text64(get(), index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Query& Query::bind_blob(int index, std::string_view bytes) {
  const char* data = bytes.data() ? bytes.data() : "";
  check_bound(index, sqlite3_bind_blob64(get(), index, data, bytes.size(), SQLITE_STATIC));
  return *this;
}

Query& Query::bind(int index, std::optional<double> value) {
  return value ? bind(index, *value) : bind_null(index);
}

Query& Query::bind(int index, sqlite3_value* value) {
  if (sqlite3_value_type(value) == SQLITE_NULL) return bind_null(index);
  check_bound(index, sqlite3_bind_value(get(), index, value));
  return *this;
}

// text_of() has SQLite copy a text that does not end with a NUL, which is most of them. To ask a
// BLOB for its bytes would make those of a zeroblob. What a UTF-16 file holds need not be Unicode,
// and would come back from UTF-8 as something else.
Query& Query::bind_borrowed(int index, sqlite3_value* value) {
  if (!is_utf8_ || sqlite3_value_type(value) != SQLITE_TEXT) return bind(index, value);
  return bind(index, bytes_of(value));
}

Query& Query::bind_key(int index, sqlite3_value* key) {
  if (!is_utf8_ && sqlite3_value_type(key) == SQLITE_TEXT) return bind(index, text_of(key));
  if (sqlite3_value_type(key) != SQLITE_FLOAT) return bind_borrowed(index, key);
  if (const auto integer = integer_key(sqlite3_value_double(key))) return bind(index, *integer);
  const NumberKey number(key);
  const std::string_view text = number.text();
  check_bound(index, sqlite3_bind_text64(get(), index, text.data(), text.size(), SQLITE_TRANSIENT,
                                         SQLITE_UTF8));
  return *this;
}

Query& Query::bind_null(int index) {
  // What was not bound is NULL.
  if ((bound_ & bit_of(index)) != 0) check_bound(index, sqlite3_bind_null(get(), index));
  return *this;
}

bool Query::step() {
  const int rc = try_step();
  if (rc == SQLITE_ROW) return true;
  if (rc != SQLITE_DONE) throw Error::last(sqlite3_db_handle(get()), rc);
  if (is_ours_) check_did_something();
  return false;
}

// SQLite asks a progress handler after so many steps of all runs together, unless they are counted
// from 0 again: a statement of few steps would be stopped in the midst of them now and then.
int Query::try_step() noexcept {
  if (!has_begun_) {
    rows_changed_ = sqlite3_total_changes(sqlite3_db_handle(get()));
    sqlite3_stmt_status(get(), SQLITE_STMTSTATUS_VM_STEP, 1);
  }
  has_begun_ = true;
  const int rc = sqlite3_step(get());
  return rc == SQLITE_INTERRUPT && is_done() ? SQLITE_DONE : rc;
}

// Where an authorizer of the host's ignores what a statement is to do, SQLite compiles one that
// begins and ends. It must not outlive the authorizer, and what was asked for has not been done.
void Query::check_did_something() {
  constexpr int kBegin = 2;        // Init, Transaction
  constexpr int kBeginAndEnd = 3;  // Init, Goto, Halt
  if (!statement_.depends_on_schema()) return;
  if (steps() > kBeginAndEnd + recompiled() * kBegin) return;
  // (A run in which it was compiled again may have begun before, or not: the steps do not tell.)
  if (recompiled() > 0 && !is_emptied(sqlite3_db_handle(get()), sqlite3_sql(get()))) return;
  discard();
  throw Error(SQLITE_AUTH, "not authorized");
}

// True when the statement has done its work although SQLite reports an interrupt. SQLite asks the
// progress handler once more when a statement is over. An INSERT, UPDATE or DELETE that is stopped
// there has changed its rows, and has committed them if no transaction is open. One that was
// stopped on its way has undone its rows: then changes() is 0. One that was not begun has left the
// total as it was. (This holds for our own statements. What a migration runs may be any statement,
// with others inside that count as well.) What makes or ends a savepoint is done when it has begun;
// where it fails, SQLite keeps that error's message.
bool Query::is_done() const {
  constexpr int kBegin = 2;  // Init and Goto, where it may be stopped (SQLite 3.39 has no Goto)
  sqlite3* db = sqlite3_db_handle(get());
  if (statement_.is_about_savepoint()) {
    return steps() > kBegin &&
           std::string_view(sqlite3_errmsg(db)) == sqlite3_errstr(SQLITE_INTERRUPT);
  }
  return is_ours_ && sqlite3_stmt_readonly(get()) == 0 && sqlite3_changes(db) > 0 &&
         sqlite3_total_changes(db) != rows_changed_;
}

std::string Query::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(get(), column));
  if (data == nullptr) return {};
  return std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(get(), column)));
}

}  // namespace larder
