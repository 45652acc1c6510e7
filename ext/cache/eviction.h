// Making room when the cache is at a limit of its settings.
#pragma once

#include "store/connection.h"

namespace larder {

// Removes rows until the limits hold: dead ones first, then by cache.policy, and never that of
// `key`, which may be nullptr. Does nothing without a limit. Needs a transaction. Throws Error when
// no room can be made.
//
// 'lru' takes the row that was not used for longest out of 16 random ones (as Redis does, see
// https://redis.io/docs/latest/develop/reference/eviction/), 'fifo' the one that was added first.
void make_room(Connection& connection, sqlite3_value* key);

}  // namespace larder
