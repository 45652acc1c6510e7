// drizzle's list of its migrations, meta/_journal.json.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "migration/directory_items.h"
#include "migration/version_order.h"
#include "store/connection.h"

namespace larder {

struct Journal {
  VersionOrder order;                            // that of the list
  std::map<std::int64_t, std::int64_t> made_at;  // of each version, in milliseconds
};

// Reads the journal of `directory`, whose migrations are `items`. Nothing where there is none.
// Throws Error for a file that is no journal, and when it and the directory have not the same
// migrations: drizzle would not run what it does not list.
std::optional<Journal> read_journal(Connection& connection, const std::string& directory,
                                    const std::vector<DirectoryItem>& items);

}  // namespace larder
