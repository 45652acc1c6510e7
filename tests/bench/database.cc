// A database file and its prepared statements.
#include "bench/database.h"

#include <random>

namespace bench {

namespace {

[[noreturn]] void fail(sqlite3* handle) {
  throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(handle));
}

}  // namespace

Database::Database(const std::string& path, const char* settings) : path_(path) {
  sqlite3* handle = nullptr;
  const int rc = sqlite3_open(path.c_str(), &handle);
  handle_.reset(handle);
  if (rc != SQLITE_OK) fail(handle);
  run(settings);
}

void Database::run(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(handle_.get());
}

void Database::load_extension(const std::string& path) {
  sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
  char* text = nullptr;
  if (sqlite3_load_extension(handle_.get(), path.c_str(), nullptr, &text) == SQLITE_OK) return;
  const std::string message = text != nullptr ? text : "cannot load " + path;
  sqlite3_free(text);
  throw std::runtime_error(message);
}

void Database::checkpoint() { run("PRAGMA wal_checkpoint(TRUNCATE)"); }

void Database::disturb() {
  Database other(path_);
  other.run("PRAGMA user_version = " + std::to_string(std::random_device{}() % 1000000));
  checkpoint();
}

std::int64_t Database::pages_written() const {
  int pages = 0;
  int unused = 0;
  sqlite3_db_status(handle_.get(), SQLITE_DBSTATUS_CACHE_WRITE, &pages, &unused, 0);
  return pages;
}

Statement::Statement(const Database& database, const char* sql) {
  sqlite3_stmt* handle = nullptr;
  const int rc =
      sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  handle_.reset(handle);
  if (rc != SQLITE_OK) bench::fail(database.handle());
}

void Statement::fail() const { bench::fail(sqlite3_db_handle(handle_.get())); }

}  // namespace bench
