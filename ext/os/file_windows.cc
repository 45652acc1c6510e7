// Reading files of Windows.
#include "os/file.h"
#include "os/folder.h"
#include "os/system_error.h"
#include "os/windows_path.h"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <sys/stat.h>

#include <algorithm>

namespace larder {

std::optional<std::int64_t> size_of_file(const char* path) {
  struct _stat64 status {};
  if (_wstat64(windows_path(path).c_str(), &status) != 0) return std::nullopt;
  return status.st_size;
}

// Looks for a folder first: opening one fails with "Permission denied". _O_BINARY: the checksum of
// a script is that of its bytes, with the line ends that they have.
RegularFile::RegularFile(const std::string& path) : path_(path) {
  if (is_folder(path)) fail_at(path, kNotRegular);
  file_ = _wopen(windows_path(path).c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT);
  if (file_ < 0) fail_with_errno(path);
  struct _stat64 status {};
  if (_fstat64(file_, &status) != 0 || (status.st_mode & _S_IFMT) != _S_IFREG) {
    _close(file_);
    fail_at(path, kNotRegular);
  }
  size_ = static_cast<std::size_t>(std::max<std::int64_t>(status.st_size, 0));
}

RegularFile::~RegularFile() { _close(file_); }

void RegularFile::seek(std::int64_t offset) {
  if (_lseeki64(file_, offset, SEEK_SET) < 0) fail_with_errno(path_);
}

std::size_t RegularFile::read(char* bytes, std::size_t room) {
  const int got = _read(file_, bytes, static_cast<unsigned>(room));
  if (got < 0) fail_with_errno(path_);
  return static_cast<std::size_t>(got);
}

}  // namespace larder
#endif
