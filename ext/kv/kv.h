// Housekeeping: the functions of ext/kv, registered in kv_functions.cc.
#pragma once

#include "store/connection.h"

namespace larder {

// The number that the pragma `sql` tells; 0 when it tells nothing.
inline std::int64_t pragma_number(Connection& connection, Sql sql) {
  Query query = connection.query(sql);
  return query.step() ? query.integer(0) : 0;
}

void kv_sweep(Connection& connection, Call& call);
void kv_wait(Connection& connection, Call& call);

extern const TableEntry kStatsTable;
extern const TableEntry kCheckTable;
extern const TableEntry kHelpTable;
extern const TableEntry kAnswerTable;

}  // namespace larder
