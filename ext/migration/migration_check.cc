// What kv_check says of the migrations that were applied. It does not know what is wanted; what is
// pending is for migrate_check() to say.
#include "migration/migration_check.h"

#include "migration/other_tools.h"
#include "migration/plan.h"
#include "migration/user_version.h"

namespace larder {

namespace {

// Two tools that migrate one schema do not know of each other's work.
void check_other_histories(Connection& connection, Findings& findings) {
  if (others_are(connection) == OthersAre::kPassedOver) return;
  for (const auto& history : read_other_histories(connection, Source())) {
    if (history.is_empty()) continue;
    findings.push_back({"migrations", Finding::Status::kWarning,
                        says_both("Larder (larder_migration)", history.title())});
  }
}

}  // namespace

void check_migrations(Connection& connection, Findings& findings) {
  const Plan plan = make_plan(connection, Source());
  const std::string applied = std::to_string(plan.rows.size()) + " applied";
  add_unless_found({"migrations", Finding::Status::kOk, applied}, findings, [&] {
    for (const auto& row : plan.rows) {
      const Migration& migration = row.applied->migration;
      if (has_text_of(*row.applied, migration)) continue;
      findings.push_back({"migrations", Finding::Status::kError,
                          "the text of migration " + migration.title() +
                              " in larder_migration does not fit its checksum"});
    }
    const std::int64_t version = read_user_version(connection);
    const std::int64_t expected = expected_user_version(connection, plan.adopted);
    if (plan.rows.empty()) return;
    check_other_histories(connection, findings);
    if (version == expected) return;
    findings.push_back({"migrations", Finding::Status::kWarning,
                        "PRAGMA user_version is " + std::to_string(version) +
                            ", and by what was applied it is " + std::to_string(expected)});
  });
}

}  // namespace larder
