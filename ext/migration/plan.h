// How what was applied compares with what is wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migration/history.h"

namespace larder {

enum class State { kApplied, kPending, kChanged, kMissing, kOutOfOrder };

const char* name_of(State state);

// One line of the comparison: at least one of `wanted` and `applied` is there.
struct PlanRow {
  std::int64_t version;
  State state;
  std::optional<Migration> wanted;
  std::optional<Applied> applied;
  // It counts as applied because the database came with a user_version this high (user_version.h).
  bool adopted = false;

  const Migration& migration() const { return wanted ? *wanted : applied->migration; }
};

struct Plan {
  std::vector<PlanRow> rows;  // ordered by version
  std::int64_t newest = 0;    // the highest applied version, history or adopted
  std::int64_t adopted = 0;   // up to here the database came migrated
};

// The plan for `wanted`. When nothing is wanted, what was applied does not count as "missing".
Plan make_plan(Connection& connection, const Migrations& wanted);

// Why `plan` cannot be run, or "" when it can: a migration was changed or is out of order, or the
// database is newer than `wanted`.
std::string obstacle(const Plan& plan, const Migrations& wanted);

// True when `migration` was applied with the text it has, or when the database came migrated up to
// its version.
bool is_applied(Connection& connection, const Migration& migration);

}  // namespace larder
