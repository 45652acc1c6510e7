// Adding work to a ledger.
#pragma once

#include <optional>

#include "ledger/entry.h"
#include "store/connection.h"

namespace larder {

// Adds a row that waits to be claimed, behind all that wait. Returns false when the id is known;
// then nothing happens. Where it `replaces`, a known row is replaced, and who had claimed it has
// lost it. `created_at` is what the row shows as its time; it does not change its place in line.
// One statement: it is complete wherever it runs. Needs a StatementScope.
bool add_work(Connection& connection, const Entry& entry, sqlite3_value* payload,
              bool replaces = false, std::optional<double> created_at = std::nullopt);

}  // namespace larder
