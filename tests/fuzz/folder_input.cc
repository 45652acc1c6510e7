// An input that is a folder of migrations.
#include "fuzz/folder_input.h"

namespace fuzz {

namespace {

// False for what no file system takes.
bool is_path(std::string_view path) {
  constexpr std::size_t kLongestName = 255;
  while (true) {
    const std::size_t end = path.find('/');
    const std::string_view name = path.substr(0, end);
    if (name.empty() || name == "." || name == ".." || name.size() > kLongestName) return false;
    if (name.find('\0') != std::string_view::npos) return false;
    if (end == std::string_view::npos) return true;
    path.remove_prefix(end + 1);
  }
}

// A file is no folder.
bool fits(const fuzz::Files& files, const std::string& path) {
  const auto next = files.lower_bound(path + "/");
  if (next != files.end() && next->first.starts_with(path + "/")) return false;
  for (std::size_t end = path.find('/'); end != std::string::npos; end = path.find('/', end + 1)) {
    if (files.contains(path.substr(0, end))) return false;
  }
  return true;
}

}  // namespace

Files take_files(Input& input) {
  Files files;
  while (!input.is_empty()) {
    const std::string path(input.until('\n'));
    const std::string_view text = input.until('\0');
    if (is_path(path) && fits(files, path)) files[path] = text;
  }
  return files;
}

}  // namespace fuzz
