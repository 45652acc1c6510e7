// Runs migrations: everything that is pending or nothing.
#pragma once

#include <cstdint>
#include <optional>

#include "migration/history.h"

namespace larder {

// Applies what of `wanted` is pending, up to version `target` if that is given. Returns the
// resulting user_version. Throws Error with the place of a failed statement; then nothing was
// applied.
std::int64_t run_up(Connection& connection, const Migrations& wanted,
                    std::optional<std::int64_t> target);

// Runs the down scripts of what is applied above `target`, newest first; those in `wanted` come
// before those in the history. Returns the resulting user_version. Throws as run_up(), and before
// anything runs when a script is missing.
std::int64_t run_down(Connection& connection, const Migrations& wanted, std::int64_t target);

}  // namespace larder
