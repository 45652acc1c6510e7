// Rows of users' tables that expire: what the files of this folder bring to the feature.
#pragma once

#include "store/connection.h"

namespace larder {

// Removes rows that are due. An error in one table, which a trigger raises say, ends the sweep of
// that table and is remembered with its rule.
Sweeper sweep_expiry(Connection& connection);

void check_expiry(Connection& connection, Findings& findings);

extern const TableEntry kExpiryTable;

}  // namespace larder
