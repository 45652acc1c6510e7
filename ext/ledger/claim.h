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

// Claims an id, and adds it first if it is not known. Returns its token, or nothing when it cannot
// be claimed or has had all its attempts. One statement: it is complete wherever it runs.
std::optional<std::int64_t> claim(Connection& connection, const Entry& entry, Attempt& attempt);

// Makes a row dead that can be claimed and has had all its attempts; false when it is none.
bool bury(Connection& connection, const Entry& entry);

}  // namespace larder
