// Reading files, by POSIX.
#include "os/file.h"
#include "os/system_error.h"

#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace larder {

namespace {

void check_regular(const std::string& path, const struct stat& status) {
  if (!S_ISREG(status.st_mode)) fail_at(path, kNotRegular);
}

}  // namespace

std::optional<std::int64_t> size_of_file(const char* path) {
  struct stat status {};
  if (::stat(path, &status) != 0) return std::nullopt;
  return status.st_size;
}

// Looks at the file before it opens it, because opening alone makes some devices act, and again
// afterwards, because the name may stand for another file by then. O_NONBLOCK: opening a pipe must
// not wait for its writer.
RegularFile::RegularFile(const std::string& path) : path_(path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) fail_with_errno(path);
  check_regular(path, status);
  file_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file_ < 0) fail_with_errno(path);
  try {
    if (::fstat(file_, &status) != 0) fail_with_errno(path);
    check_regular(path, status);
  } catch (...) {
    ::close(file_);
    throw;
  }
  size_ = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
}

RegularFile::~RegularFile() { ::close(file_); }

void RegularFile::seek(std::int64_t offset) {
  if (::lseek(file_, offset, SEEK_SET) < 0) fail_with_errno(path_);
}

std::size_t RegularFile::read(char* bytes, std::size_t room) {
  for (;;) {
    const ssize_t got = ::read(file_, bytes, room);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail_with_errno(path_);
  }
}

}  // namespace larder
#endif
