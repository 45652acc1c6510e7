// The rules of runs, below the SQL functions and the table.
#pragma once

#include <vector>

#include "store/connection.h"
#include "store/moment.h"
#include "store/settings.h"

namespace larder {

// In every statement of the runs ?2 is now. A run is alive while it is running and its lease has
// not ended. One whose lease has ended has crashed, also before anybody has written that down.
inline constexpr auto kRunAlive = sql("status = 'running' AND {}", is_ahead("lease_until", "?2"));
inline constexpr auto kRunCrashed =
    sql("status = 'running' AND {}", has_passed("lease_until", "?2"));

// How long ended runs are kept: for ever, if it is not set. One that has crashed and was not
// followed has not ended: it is kept until the next run of its job, and kv_check reports it.
inline constexpr Setting kRunKeep{"run.keep", Setting::Kind::kDuration};

Sweeper sweep_runs(Connection& connection);
std::int64_t count_outdated_runs(Connection& connection);
void run_stats(Connection& connection, std::vector<Stat>& stats);
void check_runs(Connection& connection, Findings& findings);

extern const TableEntry kRunTable;

}  // namespace larder
