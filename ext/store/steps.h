// Removing many rows so that no writer elsewhere waits long: in short steps.
#pragma once

#include <cstdint>

#include "store/connection.h"

namespace larder {

// Runs `step` until it has nothing more to do, has removed `most` rows, or has handled as many as
// are `due`. Each step handles at most 500 rows, in a transaction of its own where the caller has
// none: what steps have removed stays removed when a later one fails. Returns how many rows were
// removed.
std::int64_t remove_in_steps(Connection& connection, const Sweeper& step,
                             std::int64_t most = INT64_MAX, std::int64_t due = INT64_MAX);

// What `count` says, a SELECT of how many rows there are at a moment, which is its parameter.
std::int64_t count_at(Connection& connection, Sql count, int parameter, double moment);

}  // namespace larder
