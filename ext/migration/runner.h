// Running migrations, all or nothing. Scripts that want no transaction are the exception: each of
// them runs by itself, and what ran before it stays.
#pragma once

#include <cstdint>
#include <optional>

#include "migration/source.h"

namespace larder {

// Applies the migrations of `source` that are pending, up to version `target` if that is given.
// Returns the resulting user_version. Throws Error, with the place of the statement that failed and
// what remains.
std::int64_t run_up(Connection& connection, const Source& source,
                    std::optional<std::int64_t> target);

// Undoes the migrations that are applied above `target`, newest first, by the down scripts of
// `source`. No script is taken from the history: the file may come from anywhere. Returns the
// resulting user_version. Throws as run_up(), and before anything runs when a script is missing.
std::int64_t run_down(Connection& connection, const Source& source, std::int64_t target);

}  // namespace larder
