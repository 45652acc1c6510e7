// Tokens of one id only grow, so that a claim that was lost can never be taken for a later one.
// While a row is there it remembers its latest token; when rows are removed, the file remembers the
// highest they had: the fence. What is added later begins above it.
#pragma once

#include <cstdint>

#include "store/connection.h"

namespace larder {

// In a statement: the fence, and the next token of the row that is written or of a new one.
#define LARDER_LEDGER_FENCE \
  "coalesce((SELECT value FROM main.larder_meta WHERE name = 'ledger.fence'), 0)"
#define LARDER_LEDGER_NEW_TOKEN "1 + " LARDER_LEDGER_FENCE
#define LARDER_LEDGER_NEXT_TOKEN "1 + coalesce(token, " LARDER_LEDGER_FENCE ")"

// Runs a DELETE on larder_ledger that ends with RETURNING token, and moves the fence. Returns how
// many rows were removed. Needs a WriteScope, or a statement that writes around it.
std::int64_t remove_rows(Connection& connection, Query removal);

}  // namespace larder
