// What no migration script may say.
#pragma once

#include "migration/work.h"

namespace larder {

// Throws Error, which names place and statement, for the first of `steps` that cannot be run as it
// is. `outside`: the caller has no transaction of its own.
void check_scripts(Connection& connection, const std::vector<Step>& steps, bool outside);

}  // namespace larder
