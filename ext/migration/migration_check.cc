// What kv_check says of the migrations that were applied. What is pending is no business of the
// doctor's: migrate_check() says that, which knows what is wanted.
#include "migration/migration_check.h"

#include "migration/history.h"
#include "migration/script.h"

namespace larder {

void check_migrations(Connection& connection, Findings& findings) {
  const Plan plan = make_plan(connection, {});
  const std::size_t before = findings.size();
  for (const auto& row : plan.rows) {
    const Migration& migration = row.applied->migration;
    if (row.applied->checksum == checksum(migration.up.text)) continue;
    findings.push_back({"migrations", Finding::Status::kError,
                        "the text of migration " + migration.title() +
                            " in larder_migration does not fit its checksum"});
  }
  const std::int64_t version = read_user_version(connection);
  const std::int64_t expected = expected_user_version(connection);
  if (!plan.rows.empty() && version != expected) {
    findings.push_back({"migrations", Finding::Status::kWarning,
                        "PRAGMA user_version is " + std::to_string(version) +
                            ", and by what was applied it is " + std::to_string(expected)});
  }
  if (findings.size() == before) {
    findings.push_back(
        {"migrations", Finding::Status::kOk, std::to_string(plan.rows.size()) + " applied"});
  }
}

}  // namespace larder
