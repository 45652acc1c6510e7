// The rules of leases, below the SQL functions and the table.
#pragma once

#include <cstdint>
#include <vector>

#include "store/connection.h"

namespace larder {

// In every statement of the leases ?2 is now.
#define LARDER_LEASE_LIVE "(expires_at IS NULL OR expires_at > ?2)"
#define LARDER_LEASE_DEAD "(expires_at <= ?2)"

// Removes dead leases. Their tokens do not come again.
Sweeper sweep_leases(Connection& connection);

void check_leases(Connection& connection, std::vector<Finding>& findings);
void lease_stats(Connection& connection, std::vector<Stat>& stats);

extern const TableEntry kLeaseTable;

}  // namespace larder
