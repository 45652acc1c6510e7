// The rules of rate limits, below the SQL functions and the table.
#pragma once

#include <cstdint>
#include <vector>

#include "store/connection.h"
#include "store/moment.h"

namespace larder {

// Whether what was taken still has an effect. In every statement of the rates ?2 is now.
inline constexpr auto kRateOpen = is_ahead("allowed_at", "?2");
inline constexpr auto kRatePaid = has_passed("allowed_at", "?2");

// How many names have taken something that is not paid off.
std::int64_t count_open_rates(Connection& connection);

// Removes the rows that have no effect any more.
Sweeper sweep_rates(Connection& connection);
std::int64_t count_due_rates(Connection& connection);

void check_rates(Connection& connection, Findings& findings);
void rate_stats(Connection& connection, std::vector<Stat>& stats);

extern const TableEntry kRateTable;

}  // namespace larder
