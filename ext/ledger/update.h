// UPDATE kv_ledger.
#pragma once

#include "ledger/row_key.h"
#include "store/connection.h"

namespace larder {

// Gives the row `key` the values `columns` of the columns of LedgerTable; those that are not set
// are marked (sqlite3_value_nochange()). Throws Error when a column cannot be set to its value.
// Needs a StatementScope, and a statement around it that undoes what fails.
void update_entry(Connection& connection, const RowKey& key, Values columns);

}  // namespace larder
