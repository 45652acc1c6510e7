// The rules of leases, below the SQL functions and the table.
#pragma once

#include <cstdint>
#include <vector>

#include "store/connection.h"
#include "store/moment.h"

namespace larder {

// In every statement of the leases ?2 is now.
inline constexpr auto kLeaseLive = is_ahead("expires_at", "?2");
inline constexpr auto kLeaseDead = has_passed("expires_at", "?2");

// How many leases are held.
std::int64_t count_held_leases(Connection& connection);

// Removes dead leases. Their tokens do not come again.
Sweeper sweep_leases(Connection& connection);
std::int64_t count_dead_leases(Connection& connection);

void check_leases(Connection& connection, Findings& findings);
void lease_stats(Connection& connection, std::vector<Stat>& stats);

extern const TableEntry kLeaseTable;

}  // namespace larder
