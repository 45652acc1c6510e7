// Reading the files of a directory, which may be anything.
#include "migration/script_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "migration/failure.h"
#include "migration/statement_heads.h"
#include "sqlite/utf8.h"
#include "store/environment.h"

namespace larder {

namespace {

// Nobody writes more than this by hand. (The history keeps a script in one value, which SQLite
// limits as well.)
constexpr std::size_t kLargestMegabytes = 64;
constexpr std::size_t kLargest = kLargestMegabytes << 20;

[[noreturn]] void fail_with_errno(const std::string& path) {
  fail_at(path, std::generic_category().message(errno));
}

void check_regular(const std::string& path, const struct stat& status) {
  if (!S_ISREG(status.st_mode)) fail_at(path, "it is not a regular file");
}

class OpenFile {
 public:
  // Looks at the file before it opens it, because opening alone makes some devices act. read_all()
  // looks again, because the name may stand for another file by then. O_NONBLOCK: opening a pipe
  // must not wait for its writer.
  explicit OpenFile(const std::string& path) : path_(path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) fail_with_errno(path);
    check_regular(path, status);
    file_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file_ < 0) fail_with_errno(path);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { ::close(file_); }

  std::string read_all() {
    struct stat status {};
    if (::fstat(file_, &status) != 0) fail_with_errno(path_);
    check_regular(path_, status);
    check_size(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)));
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)));
    std::array<char, 65536> part;
    for (;;) {
      const ssize_t got = ::read(file_, part.data(), part.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail_with_errno(path_);
      if (got == 0) return bytes;
      bytes.append(part.data(), static_cast<std::size_t>(got));
      check_size(bytes.size());  // it may grow, and some files do not know their size
    }
  }

 private:
  void check_size(std::size_t size) const {
    if (size > kLargest)
      fail_at(path_, "it has more than " + std::to_string(kLargestMegabytes) + " MiB");
  }

  const std::string& path_;
  int file_ = -1;
};

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
  std::string text = OpenFile(path).read_all();
  check_text(path, text);
  return text;
}

}  // namespace larder
