// Repeatable migrations, which have no version: Flyway's R__name.sql. They run behind the others,
// when they are new, and again when their text has changed. What has run is kept by its name, as a
// checksum, in larder_meta.
#pragma once

#include "migration/migration.h"
#include "store/connection.h"

namespace larder {

// True when `repeatable` has not run with the text that it has.
bool is_due(Connection& connection, const Migration& repeatable);

// Keeps that it has. Needs a WriteScope or a transaction.
void remember_run(Connection& connection, const Migration& repeatable);

}  // namespace larder
