// What was applied: the table larder_migration.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

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

// Everything that was applied, by version.
std::map<std::int64_t, Applied> read_history(Connection& connection);

// The applied migration `version`, if it is one.
std::optional<Applied> find_applied(Connection& connection, std::int64_t version);

bool has_history(Connection& connection);

// These three need a WriteScope or a transaction. Without a `duration` the migration was marked as
// applied, and not run. accept_text() gives an applied migration the text that it has today.
void record_applied(Connection& connection, const Migration& migration,
                    std::optional<double> duration);
void forget_applied(Connection& connection, std::int64_t version);
void accept_text(Connection& connection, const Migration& migration);

}  // namespace larder
