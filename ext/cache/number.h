// The arithmetic of cache_incr().
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "sqlite/value.h"

namespace larder {

using Number = std::variant<std::int64_t, double>;

// `value`, or its text where `text_too`, as a number; nothing when it is none.
std::optional<Number> number_of(sqlite3_value* value, bool text_too);

// An integer only when both are. Throws Error when the sum is more than an integer or a REAL can
// be; that of anything with Inf is, too.
Number sum_of(Number value, Number delta);

}  // namespace larder
