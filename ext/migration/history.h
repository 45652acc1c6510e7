// What was applied (larder_migration), and how that compares with what is wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "migration/migration.h"
#include "store/connection.h"

namespace larder {

// A migration as the database remembers it.
struct Applied {
  Migration migration;
  std::string checksum;
  double applied_at = 0;
  std::optional<double> duration;  // seconds; nothing when it was marked as applied and not run
};

// True when `applied` was applied with the text that `migration` has.
bool has_text_of(const Applied& applied, const Migration& migration);

enum class State { kApplied, kPending, kChanged, kMissing, kOutOfOrder };

const char* name_of(State state);

// One line of the comparison: at least one of `wanted` and `applied` is there.
struct PlanRow {
  std::int64_t version;
  State state;
  std::optional<Migration> wanted;
  std::optional<Applied> applied;
  // Applied only because the database came with a user_version this high and no history.
  bool adopted = false;

  const Migration& migration() const { return wanted ? *wanted : applied->migration; }
};

struct Plan {
  std::vector<PlanRow> rows;  // ordered by version
  std::int64_t newest = 0;    // the highest applied version, history or adopted
  std::int64_t adopted = 0;   // up to here the database came migrated
};

// The plan for `wanted`. Without anything wanted, what was applied is not "missing".
Plan make_plan(Connection& connection, const Migrations& wanted);

// The applied migration `version`, if it is one.
std::optional<Applied> find_applied(Connection& connection, std::int64_t version);

// True when `migration` was applied, with the text it has; also when the database came migrated up
// to its version.
bool is_applied(Connection& connection, const Migration& migration);

// Needs a WriteScope or a transaction, as all below.
void record_applied(Connection& connection, const Migration& migration,
                    std::optional<double> duration);
void forget_applied(Connection& connection, std::int64_t version);
void accept_text(Connection& connection, const Migration& migration);

std::int64_t read_user_version(Connection& connection);

// A database that came with a user_version and no history counts as migrated up to it, also after
// it has got a history: that version is kept in larder_meta, 0 for none.
void remember_adopted(Connection& connection, std::int64_t version);

// PRAGMA user_version as the history has it: the highest applied version if that fits in 31 bits,
// else how many were applied (SQLite would silently store 0 for a 14-digit timestamp). Needs
// larder_migration to be there, and no transaction.
std::int64_t expected_user_version(Connection& connection);
void write_user_version(Connection& connection);

}  // namespace larder
