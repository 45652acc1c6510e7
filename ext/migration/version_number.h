// Reading numbers of versions.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sqlite/error.h"

namespace larder {

// The number that `text` is, 0 or more. Nothing when it is none, or too large.
inline std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || number < 0) return std::nullopt;
  return number;
}

// The number `digits` of the version that is written as `version`. Throws Error when it is too
// large.
inline std::int64_t version_number(std::string_view digits, std::string_view version) {
  if (const auto number = whole_number(digits)) return *number;
  throw Error("the version " + std::string(version) + " is too large");
}

}  // namespace larder
