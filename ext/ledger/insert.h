// INSERT INTO kv_ledger: ids that wait to be done, and ids that are done or skipped already.
#pragma once

#include "store/connection.h"

namespace larder {

// Stores a row with the values `columns` of the columns of LedgerTable. Throws Conflict when the id
// is known, unless it `replaces` the row, and Error when a column cannot be set to its value. One
// statement: it is complete wherever it runs. Needs a StatementScope.
void insert_entry(Connection& connection, Values columns, bool replaces);

}  // namespace larder
