// The statements of a migration script, found without running them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace larder {

// Where a statement stands in its script, and its first words, which tell what it does. The words
// of EXPLAIN are left out: it compiles the statement that follows, and some pragmas act when they
// are compiled.
struct StatementHead {
  int number;                      // the first is 1
  int line;                        // of its first word; the first is 1
  std::vector<std::string> words;  // up to kHeadWords tokens, upper case, without quotes
};

inline constexpr std::size_t kHeadWords = 6;

// Calls `visit` with the head of each statement of `script`, in their order. A semicolon inside a
// trigger, a string or a comment ends none. (One by one, because a script may have millions.)
void for_each_statement(std::string_view script,
                        const std::function<void(const StatementHead&)>& visit);

// The line of `script` on which the byte at `offset` stands; the first is 1.
int line_of(std::string_view script, std::size_t offset);

}  // namespace larder
