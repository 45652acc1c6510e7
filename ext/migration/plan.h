// How what was applied compares with what is wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migration/history.h"
#include "migration/source.h"

namespace larder {

enum class State { kApplied, kPending, kChanged, kMissing, kOutOfOrder };

const char* name_of(State state);

// One line of the comparison: at least one of `wanted` and `applied` is there. `wanted` is one of
// the Source that make_plan() was given.
struct PlanRow {
  std::int64_t version;
  State state;
  const Migration* wanted = nullptr;
  std::optional<Applied> applied;
  // It counts as applied because the database came with a user_version this high (user_version.h).
  bool adopted = false;

  const Migration& migration() const { return wanted ? *wanted : applied->migration; }
};

struct Plan {
  VersionOrder order;         // that of the source, for all rows
  std::vector<PlanRow> rows;  // in this order
  std::vector<PlanRow> repeatables;
  std::optional<std::int64_t>
      newest;                // the last applied version in that order, also an adopted one
  std::int64_t adopted = 0;  // up to here the database came migrated; 0 for not at all
};

// The plan for `source`. When nothing was declared, what was applied does not count as "missing".
Plan make_plan(Connection& connection, const Source& source);

// Why `plan` cannot be run, or "" when it can: a migration was changed or is out of order, or the
// database is newer than `source`.
std::string obstacle(const Plan& plan, const Source& source);

// Throws Error when it is not certain which version of `plan` the user means by `number`.
void check_is_certain(const Plan& plan, std::int64_t number);

// True when `migration` was applied with the text it has, or when the database came migrated up to
// its version.
bool is_applied(Connection& connection, const Migration& migration);

}  // namespace larder
