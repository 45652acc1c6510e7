// What the doctor looks at, one function a subject. Each adds at least one finding. When it throws,
// the error becomes a finding.
#pragma once

#include <utility>

#include "store/findings.h"

namespace larder {

// Runs `body`. When it fails, that is a finding: `failure`, with the error's message appended to
// its own. Only lack of memory and an interrupt are passed on.
template <class Body>
void guarded(Finding failure, Findings& findings, Body&& body) {
  try {
    body();
  } catch (const Error& error) {
    const int code = error.code() & 0xff;
    if (code == SQLITE_NOMEM || code == SQLITE_INTERRUPT) throw;
    failure.message += error.message();
    findings.push_back(std::move(failure));
  }
}

// Of the connection (kv/check_connection.cc).
void check_journal_mode(Connection& connection, Findings& findings);
void check_synchronous(Connection& connection, Findings& findings);
void check_busy_timeout(Connection& connection, Findings& findings);
void check_foreign_keys(Connection& connection, Findings& findings);

// Of its names (kv/check_names.cc).
void check_names(Connection& connection, Findings& findings);

// Of the file (kv/check_file.cc).
void check_file_system(Connection& connection, Findings& findings);
void check_free_pages(Connection& connection, Findings& findings);
void check_tables(Connection& connection, Findings& findings);
void check_replication(Connection& connection, Findings& findings);
void check_integrity(Connection& connection, Findings& findings);
void check_settings(Connection& connection, Findings& findings);

}  // namespace larder
