// Who holds a lease or a claim when the caller gives no name.
#pragma once

#include <string>

#include "store/connection.h"

namespace larder {

// `host:pid:connection`: the same at every call of one connection, another for each connection
// there is. The last part is random and not a counter, because host and pid alone do not tell two
// containers that share a host name apart; and a child that goes on with a connection of its
// parent's has a name of its own.
std::string default_owner(Connection& connection);

}  // namespace larder
