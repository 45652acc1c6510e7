// cache_clear(): everything, or the keys with one prefix.
#pragma once

#include "store/connection.h"

namespace larder {

void cache_clear(Connection& connection, Call& call);

}  // namespace larder
