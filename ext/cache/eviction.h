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

// Removes rows until the limits hold with `incoming`, unless that is nullptr: dead ones first, then
// by cache.policy, and never that of the same key. So nothing is stored where no room can be made.
// Does nothing without a limit. Needs a transaction. Throws Error when no room can be made.
//
// 'lru' takes the row that was not used for longest out of 16 random ones (as Redis does, see
// https://redis.io/docs/latest/develop/reference/eviction/), 'fifo' the one that was added first.
void make_room(Connection& connection, const Incoming* incoming = nullptr);

// The same for a row that has been stored already, before a limit was known. Throws Error also when
// it alone is more than the cache may hold.
void keep_to_limits(Connection& connection, sqlite3_value* key);

}  // namespace larder
