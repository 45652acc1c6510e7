// UTF-8 to UTF-16 and back.
#include "os/windows_path.h"

#include <algorithm>

#include "os/windows_api.h"
#include "sqlite/utf8.h"

#ifdef _WIN32

namespace larder {

namespace {

constexpr char32_t kReplacement = 0xfffd;
constexpr char32_t kFirstOfPairs = 0x10000;

// The character that the first bytes of `text` are, which utf8_length() has found sound.
char32_t decode(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  if (bytes.size() == 1) return first;
  char32_t character = first & (0x7fu >> bytes.size());
  for (const char byte : bytes.substr(1))
    character = character << 6 | (static_cast<unsigned char>(byte) & 0x3fu);
  return character;
}

void append_utf16(std::wstring& text, char32_t character) {
  if (character < kFirstOfPairs) {
    text += static_cast<wchar_t>(character);
  } else {
    text += static_cast<wchar_t>(0xd800 + ((character - kFirstOfPairs) >> 10));
    text += static_cast<wchar_t>(0xdc00 + ((character - kFirstOfPairs) & 0x3ff));
  }
}

void append_utf8(std::string& text, char32_t character) {
  const auto continuation = [&](int shift) {
    return static_cast<char>(0x80 | ((character >> shift) & 0x3f));
  };
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += {static_cast<char>(0xc0 | (character >> 6)), continuation(0)};
  } else if (character < kFirstOfPairs) {
    text += {static_cast<char>(0xe0 | (character >> 12)), continuation(6), continuation(0)};
  } else {
    text += {static_cast<char>(0xf0 | (character >> 18)), continuation(12), continuation(6),
             continuation(0)};
  }
}

std::wstring absolute(const std::wstring& path) {
  std::wstring whole(GetFullPathNameW(path.c_str(), 0, nullptr, nullptr), L'\0');
  const auto size = static_cast<unsigned long>(whole.size());
  whole.resize(GetFullPathNameW(path.c_str(), size, whole.data(), nullptr));
  return whole;
}

// A path taken as it is has no '/' and begins with this.
constexpr std::wstring_view kAsItIs = L"\\\\?\\";

// `path` has no '/'.
std::wstring as_it_is(const std::wstring& path) {
  const std::wstring whole = absolute(path);
  if (whole.starts_with(kAsItIs)) return whole;
  if (whole.starts_with(L"\\\\")) return std::wstring(kAsItIs) + L"UNC" + whole.substr(1);
  return std::wstring(kAsItIs) + whole;
}

bool is_first_half(wchar_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_second_half(wchar_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

}  // namespace

std::wstring windows_path(std::string_view path) {
  std::wstring wide;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t length = utf8_length(path, at);
    append_utf16(wide, length == 0 ? kReplacement : decode(path.substr(at, length)));
    at += length == 0 ? 1 : length;
  }
  std::replace(wide.begin(), wide.end(), L'/', L'\\');
  constexpr std::size_t kShort = 240;  // a folder's path may have 247, a file's 259
  return wide.size() < kShort ? wide : as_it_is(wide);
}

std::string utf8_of(std::wstring_view name) {
  std::string text;
  for (std::size_t at = 0; at < name.size(); ++at) {
    char32_t character = name[at];
    if (is_first_half(name[at]) && at + 1 < name.size() && is_second_half(name[at + 1])) {
      character = kFirstOfPairs + ((character - 0xd800) << 10) + (name[++at] - 0xdc00);
    } else if (is_first_half(name[at]) || is_second_half(name[at])) {
      character = kReplacement;
    }
    append_utf8(text, character);
  }
  return text;
}

}  // namespace larder
#endif
