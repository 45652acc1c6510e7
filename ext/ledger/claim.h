// Claiming one id.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/attempt.h"
#include "ledger/entry.h"

namespace larder {

enum class Claimable { kNow, kLater, kNever };

// Whether the id can be claimed. One that is not known can be claimed now. Needs larder_ledger to
// be there, and current.
Claimable look(Connection& connection, const Entry& entry);

// Claims an id, and adds it first if it is not known. Returns its token. Returns 0 when the id has
// had all its attempts: then it is dead from here on. Returns nothing when it cannot be claimed.
// One statement: it is complete wherever it runs.
std::optional<std::int64_t> claim(Connection& connection, const Entry& entry, Attempt& attempt);

}  // namespace larder
