// How far something is, as a text for people.
#pragma once

#include "sqlite/sql.h"

namespace larder {

// SQL for a bar of 20 characters; `percent` is an SQL expression, anything but a number is 0. Only
// what is complete is drawn: one of a thousand left is not all.
consteval auto progress_bar(const auto& percent) {
  return sql(
      "substr('####################', 1, CAST(min(max({}, 0), 100) / 5 AS INTEGER)) || "
      "substr('--------------------', 1, 20 - CAST(min(max({}, 0), 100) / 5 AS INTEGER))",
      percent, percent);
}

}  // namespace larder
