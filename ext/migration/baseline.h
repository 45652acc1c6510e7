// Counting migrations as applied without running them.
#pragma once

#include <cstdint>

#include "migration/source.h"

namespace larder {

// Marks what of `source` another migration tool has applied, by that tool's own history. Needs a
// WriteScope, as the next one. Throws Error.
void baseline_from_other_tool(Connection& connection, const Source& source);

// Marks what of `source` is up to version `last`. Throws Error when that is nothing.
void baseline_up_to(Connection& connection, const Source& source, std::int64_t last);

}  // namespace larder
