// What the text of a virtual table says.
#include "store/virtual_text.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "sqlite/ascii.h"
#include "sqlite/token.h"

namespace larder {

namespace {

// The module of a virtual table, in lower case, by the text of a schema; empty where that is not of
// a virtual table.
std::string module_of(std::string_view ddl) {
  Token token{0, 0};
  const auto next = [&] {
    token = next_token(ddl, token.end);
    return lower_case(std::string(ddl.substr(token.begin, token.end - token.begin)));
  };
  for (const char* word : {"create", "virtual", "table"})
    if (next() != word) return "";
  std::string word = next();
  while (!word.empty() && word != "using") word = next();
  const std::string module = next();
  const bool has_quotes = module.size() > 1 && is_quoted(module);
  return has_quotes ? module.substr(1, module.size() - 2) : module;
}

}  // namespace

bool may_run_its_text(const std::string& ddl) {
  static constexpr std::string_view kSearch[] = {"fts3", "fts4", "fts5"};
  static constexpr std::string_view kHarmless[] = {"rtree",        "rtree_i32", "geopoly",
                                                   "fts3tokenize", "fts4aux",   "fts5vocab"};
  const std::string module = module_of(ddl);
  const auto is_among = [&](const auto& names) {
    return std::find(std::begin(names), std::end(names), module) != std::end(names);
  };
  if (module.empty() || is_among(kHarmless)) return false;
  if (!is_among(kSearch)) return true;
  const std::string text = lower_case(ddl);
  const auto says = [&](const char* what) { return text.find(what) != std::string::npos; };
  return says("compress=") || says("kv_");
}

}  // namespace larder
