// The log itself, for a commit that is no longer the newest.
#pragma once

#include <cstdint>
#include <optional>

#include "sqlite/api.h"
#include "store/hot/commit.h"

namespace larder {

// The commit that followed `before` in the log of the main file and has written `pages` pages of
// `page_size` bytes each; nothing when it is not to be read, as when the log has begun anew since.
std::optional<Commit> commit_in_log(sqlite3* db, const Commit& before, std::uint32_t pages,
                                    std::uint32_t page_size) noexcept;

}  // namespace larder
