// Claiming what is first in line.
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/attempt.h"

namespace larder {

// Claims the first in line and makes it, as a JSON object, the result of `call`; where `most` is
// given, the first ones, up to as many, in an array. Returns false when nothing can be claimed.
// When it throws, nothing is claimed.
bool claim_next(Connection& connection, sqlite3_value* ledger, Attempt& attempt,
                std::optional<std::int64_t> most, Call& call);

}  // namespace larder
