// Reading the files of a directory, which may be anything.
#include "migration/script_file.h"

#include <array>

#include "migration/statement_heads.h"
#include "os/file.h"
#include "sqlite/error.h"
#include "sqlite/utf8.h"
#include "store/environment.h"

namespace larder {

namespace {

// Nobody writes more than this by hand. (The history keeps a script in one value, which SQLite
// limits as well.)
constexpr std::size_t kLargestMegabytes = 64;
constexpr std::size_t kLargest = kLargestMegabytes << 20;

void check_size(const std::string& path, std::size_t size) {
  if (size > kLargest)
    fail_at(path, "it has more than " + std::to_string(kLargestMegabytes) + " MiB");
}

std::string read_all(const std::string& path) {
  RegularFile file(path);
  check_size(path, file.size());
  std::string bytes;
  bytes.reserve(file.size());
  std::array<char, 65536> part;
  while (const std::size_t got = file.read(part.data(), part.size())) {
    bytes.append(part.data(), got);
    check_size(path, bytes.size());  // it may grow, and some files do not know their size
  }
  return bytes;
}

void check_text(const std::string& path, std::string_view text) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    fail_at(path, "it is UTF-16; migrations are UTF-8");
  const auto place = [&](std::size_t at) { return path + ":" + std::to_string(line_of(text, at)); };
  if (const auto at = text.find('\0'); at != std::string_view::npos)
    fail_at(place(at), "it holds a NUL character");
  if (const auto at = find_not_utf8(text); at != std::string_view::npos)
    fail_at(place(at), "it is not UTF-8");
}

}  // namespace

bool files_are_switched_off() { return environment_says("LARDER_NO_FILES"); }

std::string read_script_file(const std::string& path) {
  std::string text = read_all(path);
  check_text(path, text);
  return text;
}

}  // namespace larder
