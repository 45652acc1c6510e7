// What must not be in a migration script.
#pragma once

#include "migration/work.h"

namespace larder {

// Throws Error for the first statement in `steps` that is not allowed, and names its place.
// `outside`: the caller has no transaction of its own.
void check_scripts(Connection& connection, const std::vector<Step>& steps, bool outside);

}  // namespace larder
