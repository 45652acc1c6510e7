// Adding work to a ledger.
#pragma once

#include <optional>

#include "ledger/entry.h"
#include "ledger/line.h"
#include "store/connection.h"

namespace larder {

struct NewWork {
  sqlite3_value* payload;  // nullptr is NULL
  Place place;
  std::int64_t priority;
  std::optional<double> created_at = std::nullopt;  // what the row shows as its time, if not now
};

// Adds a row that waits to be claimed. Returns false when the id is known; then nothing happens.
// Where it `replaces`, a known row is replaced, and who had claimed it has lost it. One statement:
// it is complete wherever it runs. Needs a StatementScope.
bool add_work(Connection& connection, const Entry& entry, const NewWork& work,
              bool replaces = false);

}  // namespace larder
