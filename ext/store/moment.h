// Conditions on moments, in SQL. A moment is Unix seconds; NULL is never.
#pragma once

#include "sqlite/sql.h"

namespace larder {

// What ends at `end` has not ended by `now`, or never does.
consteval auto is_ahead(const auto& end, const auto& now) {
  return sql("({} IS NULL OR {} > {})", end, end, now);
}

// What ends at `end` has ended by `now`. The very moment is past.
consteval auto has_passed(const auto& end, const auto& now) { return sql("({} <= {})", end, now); }

}  // namespace larder
