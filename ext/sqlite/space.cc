// Where a statement begins in a text that may hold several.
#include "sqlite/space.h"

#include <algorithm>

#include "sqlite/ascii.h"

namespace larder {

std::size_t skip_space(std::string_view script, std::size_t at) {
  while (at < script.size()) {
    if (is_space(script[at])) {
      ++at;
    } else if (script.compare(at, 2, "--") == 0) {
      at = std::min(script.find('\n', at), script.size());
    } else if (script.compare(at, 2, "/*") == 0) {
      const auto close = script.find("*/", at + 2);
      at = close == std::string_view::npos ? script.size() : close + 2;
    } else if (script.compare(at, 3, "\xef\xbb\xbf") == 0) {
      at += 3;  // a byte order mark, which SQLite skips as well
    } else {
      break;
    }
  }
  return at;
}

std::size_t next_statement(std::string_view script, std::size_t at) {
  at = skip_space(script, at);
  while (at < script.size() && script[at] == ';') at = skip_space(script, at + 1);
  return at;
}

}  // namespace larder
