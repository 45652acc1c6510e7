// Where a statement begins in a text that may hold several.
#pragma once

#include <cstddef>
#include <string_view>

namespace larder {

// The offset of the first byte from `at` on that is neither space nor comment.
std::size_t skip_space(std::string_view script, std::size_t at);

// The offset of the next statement. SQLite passes over semicolons that end nothing, too.
std::size_t next_statement(std::string_view script, std::size_t at);

}  // namespace larder
