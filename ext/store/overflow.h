// Numbers that have come to their end.
#pragma once

#include <string>
#include <utility>

#include "sqlite/error.h"

namespace larder {

// Runs `change()`, a statement that counts up a column. After the greatest integer SQLite goes on
// in REAL, which the CHECK of that column refuses. `rule` is the beginning of that CHECK, such as
// "typeof(token)"; when it is violated, this throws Error `problem`.
template <class Change>
void counting_up(const char* rule, const char* problem, Change&& change) {
  try {
    std::forward<Change>(change)();
  } catch (const Error& error) {
    const bool is_ours =
        error.code() == SQLITE_CONSTRAINT_CHECK && error.message().find(rule) != std::string::npos;
    if (is_ours) throw Error(problem);
    throw;
  }
}

// For a change that gives out a token.
template <class Change>
void taking_token(Change&& change) {
  counting_up("typeof(token)", "the tokens are used up", std::forward<Change>(change));
}

}  // namespace larder
