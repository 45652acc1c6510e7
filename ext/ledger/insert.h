// INSERT INTO kv_ledger: what waits to be done, and what is done or skipped already.
#pragma once

#include "store/connection.h"

namespace larder {

// Stores the row that `columns`, those of LedgerTable, say. What is known is in the way, unless it
// `replaces`. One statement: it is complete wherever it runs. Needs a StatementScope. Throws
// Conflict, or Error when a column cannot be set to that.
void insert_entry(Connection& connection, Values columns, bool replaces);

}  // namespace larder
