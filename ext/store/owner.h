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

// The owner of a call: the caller's, or where that is left out or NULL the default.
class Owner {
 public:
  Owner(Connection& connection, sqlite3_value* given);

  // It must outlive the run of `query`.
  void bind(Query& query, int index) const;

 private:
  sqlite3_value* given_;  // nullptr: it is default_
  std::string default_;
};

}  // namespace larder
