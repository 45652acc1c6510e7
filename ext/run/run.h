// The rules of runs, below the SQL functions and the table.
#pragma once

#include <vector>

#include "store/connection.h"

namespace larder {

// A run that is running and whose lease has not ended. In every statement of the runs ?2 is now.
#define LARDER_RUN_LIVE "status = 'running' AND (lease_until IS NULL OR lease_until > ?2)"
// One that says it is running, and is not any more.
#define LARDER_RUN_CRASHED "status = 'running' AND lease_until <= ?2"

void run_stats(Connection& connection, std::vector<Stat>& stats);
void check_runs(Connection& connection, std::vector<Finding>& findings);

extern const TableEntry kRunTable;

}  // namespace larder
