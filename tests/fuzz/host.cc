// A program that has Larder, and runs any statement.
#include "fuzz/host.h"

#include <csignal>
#include <cstdlib>
#include <string_view>

#include "fuzz/memory_vfs.h"
#include "fuzz/target.h"

extern "C" int sqlite3_larder_init(sqlite3*, char**, const sqlite3_api_routines*);

namespace fuzz {

namespace {

struct Limit {
  int what;
  int most;
};

constexpr Limit kLimits[] = {
    {SQLITE_LIMIT_LENGTH, 100'000},   {SQLITE_LIMIT_SQL_LENGTH, 50'000},
    {SQLITE_LIMIT_EXPR_DEPTH, 50},    {SQLITE_LIMIT_VDBE_OP, 25'000},
    {SQLITE_LIMIT_ATTACHED, 2},       {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 20},
};

constexpr int kStepsBetweenLooks = 20'000;  // of SQLite's machine

bool is(const char* text, std::string_view word) {
  return text != nullptr && sqlite3_stricmp(text, std::string(word).c_str()) == 0;
}

// Whether a pragma would have SQLite keep no order in its own files, name files, or wait.
bool is_harmful(const char* pragma, const char* value) {
  if (is(pragma, "journal_mode")) return is(value, "off");
  if (is(pragma, "busy_timeout")) return value != nullptr;
  for (const char* name : {"writable_schema", "ignore_check_constraints", "temp_store_directory",
                           "data_store_directory", "incremental_vacuum", "max_page_count"}) {
    if (is(pragma, name)) return true;
  }
  return false;
}

}  // namespace

Host::Host(const std::string& path)
    : db_(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX) {
  char* message = nullptr;
  loaded_.code = sqlite3_larder_init(db_.get(), &message, nullptr);
  if (message != nullptr) loaded_.message = message;
  sqlite3_free(message);
}

support::Database& Host::db() {
  EXPECT_TRUE(loaded_.ok()) << loaded_;
  return db_;
}

void Host::restrict() {
  sqlite3_busy_timeout(db_.get(), 1);
  for (const Limit& limit : kLimits) sqlite3_limit(db_.get(), limit.what, limit.most);
  sqlite3_progress_handler(db_.get(), kStepsBetweenLooks, count, this);
  sqlite3_set_authorizer(db_.get(), authorize, this);
}

// Once, so that a statement which undoes another is not stopped, too.
int Host::count(void* host) {
  ++static_cast<Host*>(host)->rounds_;
  return 1;
}

int Host::authorize(void*, int action, const char* first, const char* second, const char*,
                    const char*) {
  return action == SQLITE_PRAGMA && is_harmful(first, second) ? SQLITE_DENY : SQLITE_OK;
}

}  // namespace fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  sqlite3_config(SQLITE_CONFIG_URI, 0);  // ATTACH reaches no other VFS
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  fuzz::install_memory_vfs();
  testing::InitGoogleTest();
  testing::FLAGS_gtest_break_on_failure = true;
  std::signal(SIGTRAP, [](int) { std::abort(); });  // by which libFuzzer knows a failure
  return 0;
}
