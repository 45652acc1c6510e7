// The work of a run, decided before anything is done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migration/source.h"
#include "store/connection.h"

namespace larder {

// One script to run: a migration's way up, or its way down.
struct Step {
  const Migration* migration;  // of the source
  bool up;

  const Script& script() const { return up ? migration->up : *migration->down; }

  // What a failure before anything has run leaves, in words.
  const char* nothing() const { return up ? "nothing was applied" : "nothing was undone"; }

  // Where the `line`th line of the script stands: "migrations/003_state.sql:7". The first is 1.
  std::string place(int line) const {
    return migration->place_of(script()) + ":" + std::to_string(script().first_line + line - 1);
  }
};

struct Work {
  std::int64_t adopted_to = 0;            // afterwards the database counts as adopted up to here
  std::vector<const Migration*> adopted;  // to be recorded as applied, without running them
  std::vector<Step> steps;                // to be run, in this order

  bool empty() const { return adopted.empty() && steps.empty(); }
};

// The work of run_up() and run_down() (runner.h). `outside`: the caller has no transaction of its
// own. Throws Error when it cannot be done, also for a script that breaks a rule (script_rules.h).
Work up_work(Connection& connection, const Source& source, std::optional<std::int64_t> target,
             bool outside);
Work down_work(Connection& connection, const Source& source, std::int64_t target, bool outside);

}  // namespace larder
