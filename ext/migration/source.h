// Where a call takes its migrations from.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "migration/migration.h"
#include "migration/version_order.h"
#include "store/connection.h"

namespace larder {

struct Source {
  Migrations wanted;
  Migrations repeatables;  // to run behind them
  VersionOrder order;      // that of `wanted`
  bool any_order = false;  // one that comes late, before others that are applied, runs all the same
  // Of drizzle's migrations, when each version was made, in milliseconds (journal.h).
  std::map<std::int64_t, std::int64_t> made_at;
  std::string directory;  // empty for what was declared

  bool is_declared() const { return directory.empty(); }

  // True when nothing was declared. Then there is nothing to compare the history with.
  bool is_nothing() const { return is_declared() && wanted.empty(); }

  // "no migration 3 is " + this: "declared", or "in migrations/".
  std::string where() const { return directory.empty() ? "declared" : "in " + directory; }
};

// Reads the directory whose path `argument` is. NULL, or no argument (nullptr), stands for what was
// declared on this connection. Throws Error.
Source read_source(Connection& connection, sqlite3_value* argument);

}  // namespace larder
