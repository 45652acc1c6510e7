// Windows has paths in UTF-16, SQLite and Larder in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace larder {

// `path` is UTF-8; a byte that is not becomes U+FFFD, which is in hardly any name. A path that is
// too long for most of Windows' functions is made absolute, and marked as one that is taken as it
// is: https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation
std::wstring windows_path(std::string_view path);

// Half of a surrogate pair, which Windows allows in a name, becomes U+FFFD.
std::string utf8_of(std::wstring_view name);

}  // namespace larder
