// What kv_check says of the migrations that were applied.
#pragma once

#include "store/findings.h"

namespace larder {

void check_migrations(Connection& connection, Findings& findings);

}  // namespace larder
