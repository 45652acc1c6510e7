// Kinds and cases of characters as SQL has them: in ASCII, whatever the locale of the process says.
// (<cctype> asks the locale. Under a Turkish one the upper case of 'i' is no 'I', and `commit` is
// another word.) What is not ASCII is of no kind and stays as it is.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace larder {

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

constexpr bool is_alnum(char c) { return is_digit(c) || is_upper(c) || is_lower(c); }

constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

inline std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return to_lower(c); });
  return text;
}

inline std::string upper_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return to_upper(c); });
  return text;
}

}  // namespace larder
