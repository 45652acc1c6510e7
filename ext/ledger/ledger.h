// The rules of the ledger, below the SQL functions and tables.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/entry.h"
#include "store/connection.h"
#include "store/duration.h"

namespace larder {

// A row whose `keep` has passed is forgotten, whether or not a sweep has removed it. In every
// statement of the ledger ?1 is the ledger, ?2 the id and ?3 now.
#define LARDER_LEDGER_KNOWN "(expires_at IS NULL OR expires_at > ?3)"
#define LARDER_LEDGER_FORGOTTEN "(expires_at <= ?3)"
// Inside an upsert: a row that is forgotten begins anew.
#define LARDER_LEDGER_UNLESS_FORGOTTEN(value, anew) \
  "iif(" LARDER_LEDGER_FORGOTTEN ", " anew ", " value ")"
// Nothing is left to do.
#define LARDER_LEDGER_SETTLED "status IN ('done', 'skipped', 'dead')"
inline bool is_forgotten(Connection& connection, std::optional<double> expires_at) {
  return expires_at && connection.clock().has_come(*expires_at);
}

// Adds a row that waits to be claimed. False when the id is known; then nothing happens, unless it
// `replaces`: what was there goes, and who had claimed it has lost it. One statement: it is
// complete wherever it runs. Needs a StatementScope. `created_at`, if it is given, is a note for
// people: the row stands in line behind all that wait.
bool add_work(Connection& connection, const Entry& entry, sqlite3_value* payload,
              bool replaces = false, std::optional<double> created_at = std::nullopt);

// Removes forgotten rows.
Sweeper sweep_ledger(Connection& connection);

void check_ledgers(Connection& connection, std::vector<Finding>& findings);

}  // namespace larder
