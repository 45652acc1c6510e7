// The tokens of SQL, found as SQLite's tokenizer finds them: words, with all four kinds of quotes
// (https://sqlite.org/lang_keywords.html), variables, and single signs.
#pragma once

#include <cstddef>
#include <string_view>

namespace larder {

// Offsets in the text.
struct Token {
  std::size_t begin;
  std::size_t end;
};

// The token that begins at or after `at`, behind space and comments; empty at the end of the
// script. One whose quote is not closed ends with the script.
Token next_token(std::string_view script, std::size_t at);

// Whether a token, which is not empty, begins with a quote.
bool is_quoted(std::string_view token);

}  // namespace larder
