// When a row was last used, for the policy 'lru'. A read notes it in memory and writes nothing; a
// later write of the same connection takes a few notes along.
#pragma once

#include <cstdint>

#include "store/connection.h"

namespace larder {

// In a statement: the moment of the latest use that is written down.
inline constexpr auto kLastUse = sql("max(created_at, coalesce(used_at, created_at))");

// Notes that `key` is used now, where a limit makes that matter.
void note_use(Connection& connection, sqlite3_value* key);

// Writes some of the notes into the file. Not each of them: a use must be later than the one in the
// file by a tenth of the row's age, or of the age at which rows are evicted if that is less. Needs
// a transaction. Returns how many rows changed.
std::int64_t write_uses(Connection& connection);

// Remembers when the row that was just evicted was last used, and so how old rows get. Where they
// are evicted after a minute, a use must not be written down a minute late.
void expect_evictions(Connection& connection, double last_use);

}  // namespace larder
