// The migrations in a directory, whichever tool it was made for.
//
//   003_state.sql                                 plain
//   003_state.sql                                 with the sections of dbmate or goose (sections.h)
//   003_state.up.sql, 003_state.down.sql          golang-migrate, sqlx
//   003_state/up.sql, 003_state/down.sql          diesel, rusqlite_migration
#pragma once

#include <string>

#include "migration/migration.h"

namespace larder {

// Reads all migrations of `directory`. It skips names that begin with '.', files that are not SQL,
// and folders without a migration. Throws Error for what cannot be read, for a version that is
// there twice, for a mixture of layouts, when there is no migration at all, and when the
// environment says LARDER_NO_FILES.
Migrations read_directory(const std::string& directory);

}  // namespace larder
