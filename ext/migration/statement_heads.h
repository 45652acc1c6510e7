// The statements of a migration script, found without running them.
#pragma once

#include <cstddef>
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

// The heads of all statements of `script`. A semicolon inside a trigger, a string or a comment ends
// none.
std::vector<StatementHead> statement_heads(std::string_view script);

// The line of `script` on which the byte at `offset` stands; the first is 1.
int line_of(std::string_view script, std::size_t offset);

// The offset of the first byte from `offset` on that is neither space nor comment.
std::size_t skip_space(std::string_view script, std::size_t offset);

}  // namespace larder
