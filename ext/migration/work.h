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

  const Script& script() const { return up ? migration.up : *migration.down; }
  bool needs_no_transaction() const {
    return script().alone || wants_no_transaction(script().text);
  }

  // "migrations/003_state.sql:7" for the seventh line of that file, the `line`th of the script; the
  // first is 1.
  std::string place(int line) const {
    return migration.place_of(script()) + ":" + std::to_string(script().first_line + line - 1);
  }
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
