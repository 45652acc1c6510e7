// Making room when the cache is at a limit of its settings.
#pragma once

#include <cstdint>

#include "store/connection.h"

namespace larder {

// A row that is to be stored, as the limits count it.
struct Incoming {
  sqlite3_value* key;
  std::int64_t bytes;
};

// Removes rows until `incoming` fits into the limits: dead ones first, then by cache.policy, and
// never the row of the same key. Without `incoming`, until the limits hold. Call it before the row
// is stored, so that nothing is stored when no room can be made: then it throws Error. Does nothing
// without a limit. Needs a transaction.
//
// 'lru' looks at 16 random rows and takes the one that was not used for longest (as Redis does, see
// https://redis.io/docs/latest/develop/reference/eviction/). 'fifo' takes the one that was added
// first.
void make_room(Connection& connection, const Incoming* incoming = nullptr);

// The same for a row that was stored before this connection knew of a limit. Throws Error also when
// that row alone is more than the cache may hold.
void keep_to_limits(Connection& connection, sqlite3_value* key);

}  // namespace larder
