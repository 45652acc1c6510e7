// The doctor on the file: where it lies, what it wastes, and whether Larder's tables are whole.
#include "kv/check.h"
#include "kv/kv.h"
#include "os/file_system.h"
#include "store/replication.h"

namespace larder {

namespace {

// Adds the problems of one table, its indexes and constraints, but only the first few: a badly
// broken file has a great many.
void check_table(Connection& connection, std::string_view table, Findings& findings) {
  constexpr int kMost = 5;
  // A pragma takes no parameters; the name is one of our own.
  const std::string sql = "PRAGMA main.integrity_check('" + std::string(table) + "')";
  Query rows = connection.query_once(sql.c_str());
  int i = 0;
  for (; i < kMost && rows.step(); ++i) {
    const std::string problem = rows.text(0);
    if (problem != "ok")
      findings.push_back(
          {"integrity", Finding::Status::kError, std::string(table) + ": " + problem});
  }
  if (i == 0) throw Error(SQLITE_AUTH, "not authorized");  // an authorizer ignores the pragma
}

// An index of the user's, by which calls fail: those that store what it does not allow. (Larder has
// one unique index itself.)
void check_indexes(Connection& connection, std::string_view table, Findings& findings) {
  static constexpr char kSelectUnique[] = R"(
SELECT name
FROM main.sqlite_schema
WHERE type = 'index' AND name <> 'larder_run_running'
  AND lower(tbl_name) = ?1 AND sql GLOB 'CREATE UNIQUE *')";
  Query indexes = connection.query(kSelectUnique);
  indexes.bind(1, table);
  while (indexes.step()) {
    findings.push_back({"tables", Finding::Status::kWarning,
                        "the unique index " + indexes.text(0) + " on " + std::string(table) +
                            " is not Larder's, and what it does not allow cannot be stored: drop "
                            "it"});
  }
}

}  // namespace

void check_file_system(Connection& connection, Findings& findings) {
  const char* path = sqlite3_db_filename(connection.db(), "main");
  if (path == nullptr || *path == '\0') {
    findings.push_back({"file_system", Finding::Status::kOk, "no file"});
    return;
  }
  switch (file_system_of(path)) {
    case FileSystem::kLocal:
      findings.push_back({"file_system", Finding::Status::kOk, "local"});
      break;
    case FileSystem::kNetwork:
      findings.push_back({"file_system", Finding::Status::kError,
                          "network: locks and shared memory cannot be trusted there, and two "
                          "machines can destroy the file"});
      break;
    case FileSystem::kUnknown:
      findings.push_back({"file_system", Finding::Status::kOk,
                          "it cannot be told whether this is a network file system; there the "
                          "file would not be safe"});
  }
}

void check_free_pages(Connection& connection, Findings& findings) {
  constexpr std::int64_t kFew = 1000;  // 4 MB in pages of the usual size
  const std::int64_t pages = pragma_number(connection, "PRAGMA main.page_count");
  const std::int64_t free = pragma_number(connection, "PRAGMA main.freelist_count");
  const std::string message = std::to_string(free) + " of " + std::to_string(pages) + " pages";
  if (free > kFew && free > pages / 4) {
    findings.push_back(
        {"free_pages", Finding::Status::kWarning, message + "; VACUUM returns them"});
  } else {
    findings.push_back({"free_pages", Finding::Status::kOk, message});
  }
}

void check_tables(Connection& connection, Findings& findings) {
  const Schema::Survey survey = connection.schema().survey();
  for (const auto& table : survey.foreign) {
    findings.push_back({"tables", Finding::Status::kError,
                        table + " in this database is not Larder's: it is a view, or has other "
                                "columns"});
  }
  if (!survey.foreign.empty()) return;
  if (survey.is_newer) {
    findings.push_back({"tables", Finding::Status::kError,
                        "version " + std::to_string(survey.version) +
                            ", which this Larder does not know and will not write"});
  } else if (survey.ours.empty()) {
    findings.push_back({"tables", Finding::Status::kOk, "none yet: nothing was stored"});
  } else {
    findings.push_back(
        {"tables", Finding::Status::kOk,
         std::to_string(survey.ours.size()) + ", of version " + std::to_string(survey.version) +
             (survey.outdated.empty() ? "" : "; the next call that writes adds what is new")});
    for (const std::string_view table : survey.ours) check_indexes(connection, table, findings);
  }
}

void check_replication(Connection& connection, Findings& findings) {
  if (!connection.schema().is_replicated()) return;
  if (const auto time = replicated_time(connection)) {
    findings.push_back(
        {"replicated", Finding::Status::kOk, "the time is " + std::to_string(*time)});
  } else {
    findings.push_back({"replicated", Finding::Status::kError,
                        "the file is not told the time, so nothing can be written; kv_clock(t) "
                        "tells it"});
  }
}

void check_integrity(Connection& connection, Findings& findings) {
  add_unless_found({"integrity", Finding::Status::kOk, "rows, indexes and constraints fit"},
                   findings, [&] {
                     for (const std::string_view table : connection.schema().survey().ours)
                       check_table(connection, table, findings);
                   });
}

void check_settings(Connection& connection, Findings& findings) {
  const auto check = [&](const Setting& setting) {
    try {
      check_setting(connection, setting);
    } catch (const Error& error) {
      if (error.code() != SQLITE_ERROR) throw;
      findings.push_back({"settings", Finding::Status::kError, error.message()});
    }
  };
  add_unless_found({"settings", Finding::Status::kOk, "readable"}, findings, [&] {
    for (const Setting* setting : all_settings(connection)) {
      check(*setting);
      if (setting->has_own) for_each_own(connection, *setting, check);
    }
  });
}

}  // namespace larder
