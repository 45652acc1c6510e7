// The arithmetic of cache_incr().
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "sqlite/value.h"

namespace larder {

using Number = std::variant<std::int64_t, double>;

// `value` as a number; nothing when it is none. A text is none.
std::optional<Number> number_in(sqlite3_value* value);

// The same for the argument of a call, where the text of a number is one: many bindings send text.
std::optional<Number> number_or_text_in(sqlite3_value* value);

// An integer only when both are. Throws Error when the sum is more than an integer or a REAL can
// be; that of anything with Inf is, too.
Number sum_of(Number value, Number delta);

}  // namespace larder
