// Who holds a lease or a claim when the caller gives no name.
#pragma once

#include <string>

#include "store/connection.h"

namespace larder {

// `host:pid:connection`, the same at every call of one connection and different for each
// connection. The last part is random, because host and pid are the same in two containers that
// share a host name. A child that goes on with its parent's connection has another pid, and so
// another name. Throws Error in a replicated file, which must not depend on any of these.
std::string default_owner(Connection& connection);

// The owner of a call: the caller's, or where that is left out or NULL the default.
class Owner {
 public:
  Owner(Connection& connection, sqlite3_value* given)
      : connection_(connection), given_(given != nullptr && !is_null(given) ? given : nullptr) {}

  // It must outlive the run of `query`. Call it with the write lock held: it may look at the file.
  // Throws Error in a replicated file when the caller gives none.
  void bind(Query& query, int index);

 private:
  Connection& connection_;
  sqlite3_value* given_;  // nullptr: it is default_
  std::string default_;
};

}  // namespace larder
