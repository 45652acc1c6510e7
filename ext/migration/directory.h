// The migrations in a directory, whichever tool it was made for.
//
//   003_state.sql                          plain, sqlx
//   003_state.sql                          with the sections of dbmate or goose (sections.h)
//   003_state.up.sql, 003_state.down.sql   golang-migrate, sqlx; beside plain files, too
//   V3__state.sql, U3__state.sql           Flyway, refinery; V1.2__state.sql, too
//   R__view.sql                            Flyway: runs when it has changed (repeatable.h)
//   003_state/up.sql, 003_state/down.sql   diesel
//   003_state/migration.sql                prisma, drizzle
//   03-state/up.sql, 03-state/down.sql     rusqlite_migration
//
// dbmate, diesel and prisma compare versions as text, Flyway part by part, the others as numbers.
// Where drizzle has a journal (journal.h), its order holds. dbmate runs a migration also when it
// comes late, before others that are applied.
#pragma once

#include <string>

#include "migration/source.h"

namespace larder {

// Reads all migrations of `directory`, in the order in which the tool it was made for runs them. It
// skips names that begin with '.', files that are not SQL, and folders without a migration. Throws
// Error for what cannot be read, for a version that is there twice, for a mixture of layouts, for a
// migration that another tool would find and that cannot be run here, when there is no migration at
// all, and when the environment says LARDER_NO_FILES.
Source read_directory(Connection& connection, std::string directory);

}  // namespace larder
