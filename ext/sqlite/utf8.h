// Which bytes are UTF-8.
#pragma once

#include <cstddef>
#include <string_view>

namespace larder {

// What stands for bytes that are none: U+FFFD.
inline constexpr std::string_view kReplacementCharacter = "\xef\xbf\xbd";

// The length of the UTF-8 character that begins at `at`, which must be inside `text`; 0 when there
// is none: a stray or missing continuation, more bytes than needed, a surrogate, or beyond
// U+10FFFF.
std::size_t utf8_length(std::string_view text, std::size_t at);

// The offset of the first byte of `text` that is not UTF-8, or npos.
std::size_t find_not_utf8(std::string_view text);

}  // namespace larder
