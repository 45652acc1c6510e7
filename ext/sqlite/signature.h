// The signatures that users read, compared at compile time with what they describe:
//
//   cache_get(key [, default])     of a function: what stands in brackets may be left out
//   kv_stats(name, value)          of a table: its columns, but for hidden ones
//
// One that says something else does not compile; the text that is thrown here stands in the error.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "sqlite/ascii.h"

namespace larder {

// How many arguments a function takes.
struct Arity {
  int min;
  int max;
};

namespace detail {

consteval std::string_view before_parenthesis(std::string_view text) {
  return text.substr(0, text.find('('));
}

// What stands between the first parenthesis and the last.
consteval std::string_view in_parentheses(std::string_view text) {
  const std::size_t from = text.find('('), to = text.rfind(')');
  if (from == text.npos || to == text.npos) throw "there are no parentheses";
  return text.substr(from + 1, to - from - 1);
}

consteval bool is_part_of_name(char c) { return is_alnum(c) || c == '_'; }

// The arguments of a signature are single words.
consteval Arity arity_of(std::string_view signature) {
  Arity arity{0, 0};
  int brackets = 0;
  bool is_in_name = false;
  for (const char c : in_parentheses(signature)) {
    brackets += (c == '[') - (c == ']');
    const bool begins_name = is_part_of_name(c) && !is_in_name;
    is_in_name = is_part_of_name(c);
    if (!begins_name) continue;
    ++arity.max;
    if (brackets == 0) ++arity.min;
  }
  if (brackets != 0) throw "the signature has a bracket without its other half";
  return arity;
}

// Takes the first of a list's items off it: `a, b(1, 2), c` are three.
consteval std::string_view take_item(std::string_view& list) {
  std::size_t end = 0;
  for (int depth = 0; end < list.size() && (depth > 0 || list[end] != ','); ++end)
    depth += (list[end] == '(') - (list[end] == ')');
  std::string_view item = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
  return item;
}

// Takes definitions off a table's list up to the first column that users see, and returns its name;
// empty when there is none left.
consteval std::string_view take_column(std::string_view& definitions) {
  while (!definitions.empty()) {
    const std::string_view item = take_item(definitions);
    const bool is_constraint = item.starts_with("PRIMARY KEY");
    const bool is_hidden = item.find(" HIDDEN") != item.npos;
    if (!is_constraint && !is_hidden) return item.substr(0, item.find(' '));
  }
  return {};
}

}  // namespace detail

consteval void check_function_signature(std::string_view signature, std::string_view name,
                                        Arity arity) {
  if (detail::before_parenthesis(signature) != name) throw "the signature has another name";
  const Arity said = detail::arity_of(signature);
  if (said.min != arity.min) throw "the signature has another minimum of arguments";
  if (said.max != arity.max) throw "the signature has another maximum of arguments";
}

// `declaration` is the CREATE TABLE of a virtual table.
consteval void check_table_signature(std::string_view signature, std::string_view name,
                                     std::string_view declaration) {
  if (detail::before_parenthesis(signature) != name) throw "the signature has another name";
  std::string_view said = detail::in_parentheses(signature);
  std::string_view declared = detail::in_parentheses(declaration);
  while (!said.empty()) {
    if (detail::take_item(said) != detail::take_column(declared))
      throw "the signature has another column than the table";
  }
  if (!detail::take_column(declared).empty()) throw "the signature lacks a column of the table";
}

}  // namespace larder
