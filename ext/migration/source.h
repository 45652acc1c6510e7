// Where a call takes its migrations from.
#pragma once

#include <string>

#include "migration/migration.h"
#include "store/connection.h"

namespace larder {

struct Source {
  Migrations wanted;
  std::string directory;  // empty for what was declared

  // "no migration 3 is " + this: "declared", or "in migrations/".
  std::string where() const { return directory.empty() ? "declared" : "in " + directory; }
};

// What `argument` names: the directory of that path, or what was declared on this connection for
// NULL and nullptr. Throws Error.
Source read_source(Connection& connection, sqlite3_value* argument);

}  // namespace larder
