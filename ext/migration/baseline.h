// Counting migrations as applied without running them.
#pragma once

#include <cstdint>

#include "migration/source.h"

namespace larder {

// Marks the migrations in `source` that another migration tool has applied, as its own tables tell.
// Throws Error. Needs a WriteScope, as the next one.
void baseline_from_other_tool(Connection& connection, const Source& source);

// Marks the migrations in `source` up to version `last`. Throws Error when there is none, but for
// a directory and version 0 or -1: that says that none was applied, whatever another tool's table
// holds.
void baseline_up_to(Connection& connection, const Source& source, std::int64_t last);

}  // namespace larder
