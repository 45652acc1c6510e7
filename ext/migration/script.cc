// Making scripts, and their checksums.
#include "migration/script.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "sqlite/ascii.h"

namespace larder {

namespace {

// Larder's own mark. A longer word, "-- migrate:no-transactions", is none.
bool begins_with_no_transaction(std::string_view text) {
  constexpr std::string_view kMark = "-- migrate:no-transaction";
  return text.starts_with(kMark) && (text.size() == kMark.size() || is_space(text[kMark.size()]));
}

// sqlx's mark, which only a file has: a declared text is none of sqlx's, nor is a section.
bool is_sqlx_without_transaction(const Script& script) {
  const bool is_whole_file = !script.file.empty() && script.first_line == 1;
  return is_whole_file && script.text.starts_with("-- no-transaction");
}

}  // namespace

Script make_script(std::string text, std::string file, int first_line, bool alone) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  while (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  Script script;
  script.text = std::move(text);
  script.file = std::move(file);
  script.first_line = first_line;
  script.alone =
      alone || begins_with_no_transaction(script.text) || is_sqlx_without_transaction(script);
  return script;
}

std::string checksum(const Script& script) {
  const std::string_view text = script.text;
  // It ends with its last line that is not blank, without that line's end.
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  const std::size_t end =
      last == std::string_view::npos ? 0 : std::min(text.find('\n', last), text.size());
  XXH3_state_t state;
  XXH3_128bits_reset(&state);
  for (std::size_t at = 0; at < end;) {
    const std::size_t part = std::min(text.find('\r', at), end);
    XXH3_128bits_update(&state, text.data() + at, part - at);
    at = part + 1;
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(&state);
  std::array<char, 33> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx%016llx",
                static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return digits.data();
}

}  // namespace larder
