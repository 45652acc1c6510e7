// Removing what is dead, through the lazily moved index (sql/schema/cache.sql).
#pragma once

#include <cstdint>
#include <optional>

#include "store/connection.h"
#include "store/settings.h"

namespace larder {

// How many dead entries go with each new one; 0 is none. Each of those writes reads it.
inline constexpr Setting kSweepPerInsert{"sweep.per_insert", Setting::Kind::kCount, 2};

// Removes what is dead, and brings sweep_at of refreshed rows up to date on the way.
Sweeper sweep_cache(Connection& connection);
std::int64_t count_due_entries(Connection& connection);

// The same for at most `most` dead rows, the oldest, at once. Needs a transaction.
Swept sweep_oldest(Connection& connection, std::int64_t most);

// True when `error` says that a constraint, trigger or authorizer of somebody's kept a dead row in
// place. Then the set that would have removed it on the way goes on; kv_sweep() reports it. Any
// other error is about the file, and the caller must learn of it, as of one that has rolled back
// the transaction. Needs one.
bool keeps_dead_row(const Connection& connection, const Error& error);

// A new key pays for a few dead ones, so that a cache nobody sweeps stays bounded. Needs a
// transaction. Returns the rows changed.
std::int64_t sweep_for_insert(Connection& connection);

// False when there is nothing to sweep, as far as this connection knows. It looks once a second at
// what others have stored.
bool sweep_is_due(Connection& connection);

// Remembers a deadline that this connection stores. Call it for each.
void expect_sweep(Connection& connection, std::optional<double> deadline);

}  // namespace larder
