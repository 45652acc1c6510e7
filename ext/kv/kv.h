// Housekeeping: the functions of ext/kv, registered in kv_functions.cc.
#pragma once

#include "store/connection.h"

namespace larder {

void kv_sweep(Connection& connection, Call& call);

extern const TableEntry kStatsTable;
extern const TableEntry kCheckTable;
extern const TableEntry kHelpTable;

}  // namespace larder
