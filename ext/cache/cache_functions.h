// The functions of the cache that have a file of their own; they are registered in
// cache_functions.cc.
#pragma once

#include <vector>

#include "store/connection.h"

namespace larder {

void cache_clear(Connection& connection, Call& call);
void cache_stats(Connection& connection, std::vector<Stat>& stats);
void check_cache(Connection& connection, std::vector<Finding>& findings);

}  // namespace larder
