// The rules of runs, below the SQL functions and the table.
#pragma once

#include <vector>

#include "store/connection.h"
#include "store/moment.h"

namespace larder {

// In every statement of the runs ?2 is now. A run is alive while it is running and its lease has
// not ended. One whose lease has ended has crashed, also before anybody has written that down.
inline constexpr auto kRunAlive = sql("status = 'running' AND {}", is_ahead("lease_until", "?2"));
inline constexpr auto kRunCrashed =
    sql("status = 'running' AND {}", has_passed("lease_until", "?2"));

void run_stats(Connection& connection, std::vector<Stat>& stats);
void check_runs(Connection& connection, Findings& findings);

extern const TableEntry kRunTable;

}  // namespace larder
