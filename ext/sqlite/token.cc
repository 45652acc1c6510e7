// The tokens of SQL.
#include "sqlite/token.h"

#include <algorithm>

#include "sqlite/ascii.h"
#include "sqlite/space.h"

namespace larder {

namespace {

bool is_quote(char c) { return c == '\'' || c == '"' || c == '`' || c == '['; }

bool is_word(char c) { return is_alnum(c) || c == '_' || c == '$' || (c & 0x80) != 0; }

// The end of the quoted token at `at`; the end of the script when the quote is not closed.
std::size_t quoted_end(std::string_view script, std::size_t at) {
  const char close = script[at] == '[' ? ']' : script[at];
  for (++at; at < script.size(); ++at) {
    if (script[at] != close) continue;
    const bool doubled = close != ']' && at + 1 < script.size() && script[at + 1] == close;
    if (!doubled) return at + 1;
    ++at;
  }
  return at;
}

// The end of the variable at `at`, as SQLite's tokenizer finds it: $name, :name, @name or #name. As
// in Tcl, "::name" and "(index)" may follow. The index can hold anything but space, also quotes and
// semicolons.
std::size_t variable_end(std::string_view script, std::size_t at) {
  bool has_name = false;
  for (++at; at < script.size(); ++at) {
    if (is_word(script[at])) {
      has_name = true;
    } else if (script[at] == '(' && has_name) {
      at = std::min(script.find_first_of(" \t\n\f\r)", at), script.size());
      return at < script.size() && script[at] == ')' ? at + 1 : at;
    } else if (script.compare(at, 2, "::") == 0) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

}  // namespace

Token next_token(std::string_view script, std::size_t at) {
  const std::size_t begin = skip_space(script, at);
  if (begin >= script.size()) return {script.size(), script.size()};
  const char c = script[begin];
  std::size_t end = begin + 1;
  if (is_quote(c)) {
    end = quoted_end(script, begin);
  } else if (c == '$' || c == ':' || c == '@' || c == '#') {
    end = variable_end(script, begin);
  } else if (is_word(c)) {
    while (end < script.size() && is_word(script[end])) ++end;
  }
  return {begin, end};
}

bool is_quoted(std::string_view token) { return is_quote(token[0]); }

}  // namespace larder
