// What a run has to do, decided before anything is done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migration/history.h"
#include "migration/script.h"

namespace larder {

struct Step {
  Migration migration;
  bool up;

  const std::string& script() const { return up ? migration.up : *migration.down; }
  bool needs_no_transaction() const { return up && wants_no_transaction(migration.up); }
};

struct Work {
  std::int64_t adopted_to = 0;  // the database came migrated, or will be, up to this version
  Migrations adopted;           // to be recorded as applied
  std::vector<Step> steps;      // to be run, in this order

  bool empty() const { return adopted.empty() && steps.empty(); }
};

// Why `plan` cannot be run as it is (a migration that was changed, is out of order, or a database
// that is newer than `wanted`), or
// "" when it can.
std::string obstacle(const Plan& plan, const Migrations& wanted);

// What run_up() and run_down() (runner.h) have to do. Scripts that say what no script may are
// refused here, before anything runs. `outside`: the caller has no transaction of its own. Throws
// Error.
Work up_work(Connection& connection, const Migrations& wanted, std::optional<std::int64_t> target,
             bool outside);
Work down_work(Connection& connection, const Migrations& wanted, std::int64_t target, bool outside);

}  // namespace larder
