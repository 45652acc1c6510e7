// Looking into folders, by POSIX.
#include "os/folder.h"
#include "os/system_error.h"

#ifndef _WIN32
#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>

namespace larder {

namespace {

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  const std::unique_ptr<DIR, DirectoryCloser> open(::opendir(directory.c_str()));
  if (open == nullptr) fail_with_errno(directory, kCannotReadDirectory);
  std::vector<std::string> names;
  for (;;) {
    errno = 0;  // an end and an error look the same otherwise
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr && errno != 0) fail_with_errno(directory, kCannotReadDirectory);
    if (entry == nullptr) return names;
    names.emplace_back(entry->d_name);
  }
}

bool is_folder(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

bool is_there(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

}  // namespace larder
#endif
