// Migrations that run: what scripts may do, and what they leave.
#include <sqlite3.h>

#include <cstdlib>
#include <string>

#include "fuzz/folder_input.h"
#include "fuzz/host.h"

namespace {

using fuzz::Host;

// The first byte of an input.
struct How {
  explicit How(std::size_t byte)
      : inside((byte & 1) != 0), enforces((byte & 2) != 0), is_folder((byte & 4) != 0) {}
  bool inside;     // a transaction of the caller's
  bool enforces;   // foreign keys
  bool is_folder;  // else the way up is declared, and behind a NUL the way down
};

// What LARDER_NO_FILES keeps scripts from.
int refuse_files(void* met, int action, const char* first, const char*, const char*, const char*) {
  const bool is_pragma = action == SQLITE_PRAGMA && first != nullptr &&
                         (sqlite3_stricmp(first, "temp_store_directory") == 0 ||
                          sqlite3_stricmp(first, "data_store_directory") == 0 ||
                          sqlite3_stricmp(first, "lock_proxy_file") == 0);
  if (action != SQLITE_ATTACH && !is_pragma) return SQLITE_OK;
  *static_cast<bool*>(met) = true;
  return SQLITE_DENY;
}

support::Outcome declare(Host& host, const std::string& up, const std::string& down) {
  sqlite3_stmt* statement = host.db().prepare(
      "INSERT INTO kv_migration(version, name, up, down) VALUES (7, 'fuzzed', ?1, ?2)");
  sqlite3_bind_text(statement, 1, up.data(), static_cast<int>(up.size()), SQLITE_STATIC);
  sqlite3_bind_text(statement, 2, down.data(), static_cast<int>(down.size()), SQLITE_STATIC);
  sqlite3_step(statement);
  return {sqlite3_finalize(statement), "", ""};
}

// Everything of the user's in the file.
std::string contents(Host& host) {
  return host.db().value(
      "SELECT group_concat(type || name || tbl_name || coalesce(sql, ''), char(10)) FROM "
      "(SELECT * FROM sqlite_schema WHERE tbl_name NOT GLOB 'larder_*' ORDER BY name)");
}

// The call was made or it was not, and nothing else of the connection is another.
void expect_called(Host& host, const char* call, const How& how, bool alone) {
  support::Database& db = host.db();
  const std::string before = contents(host);
  const std::string version = db.value("PRAGMA user_version");
  bool met_files = false;
  sqlite3_set_authorizer(db.get(), refuse_files, &met_files);
  const auto outcome = db.run(call);
  sqlite3_set_authorizer(db.get(), nullptr, nullptr);
  EXPECT_TRUE(!met_files || how.is_folder);
  EXPECT_EQ(db.in_transaction(), how.inside);
  if (alone) return;
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), how.enforces ? "1" : "0");
  EXPECT_EQ(db.value("SELECT count(*) FROM pragma_database_list WHERE name <> 'temp'"), "1");
  if (outcome.ok()) {
    EXPECT_EQ(db.value("PRAGMA user_version"), outcome.value);
  } else {
    EXPECT_EQ(db.value("PRAGMA user_version"), version) << outcome;
    EXPECT_EQ(contents(host), before) << outcome;
  }
}

// Whether any script may ask for no transaction, and so leave what it has done.
bool may_be_alone(std::string_view input) {
  return input.find("no-transaction") != std::string_view::npos ||
         input.find("run_in_transaction") != std::string_view::npos ||
         input.find("transaction:false") != std::string_view::npos ||
         input.find("NO TRANSACTION") != std::string_view::npos;
}

void run(const How& how, fuzz::Input input, bool alone) {
  Host host(":memory:");
  host.restrict();
  support::Database& db = host.db();
  db.run(how.enforces ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF");
  if (how.inside) db.run("BEGIN");
  fuzz::Files files;
  if (how.is_folder) {
    files = fuzz::take_files(input);
    fuzz::set_folder(&files);
  } else {
    const std::string up(input.until('\0'));
    if (!declare(host, up, std::string(input.until('\0'))).ok()) return;
  }
  const char* up = how.is_folder ? "SELECT migrate('/memory-folder')" : "SELECT migrate()";
  const char* down =
      how.is_folder ? "SELECT migrate_down(-1, '/memory-folder')" : "SELECT migrate_down(-1)";
  expect_called(host, up, how, alone);
  expect_called(host, up, how, alone);
  expect_called(host, down, how, alone);
  if (how.inside) db.run("ROLLBACK");
  EXPECT_EQ(db.close(), SQLITE_OK);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fuzz::Input input(bytes, size);
  const How how(input.byte());
  // A declared script may name no file. (With it, no folder is read.)
  how.is_folder ? unsetenv("LARDER_NO_FILES") : setenv("LARDER_NO_FILES", "1", 1);
  run(how, input, may_be_alone(fuzz::text_of(bytes, size)));
  return 0;
}
