// Looking into folders.
#include "migration/folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <new>
#include <system_error>

#include "migration/failure.h"

namespace larder {

namespace {

// Throws what errno says of reading `directory`.
[[noreturn]] void fail_to_list(const std::string& directory) {
  const std::error_code why(errno, std::generic_category());
  if (why == std::errc::not_enough_memory) throw std::bad_alloc();
  fail_at(directory, "cannot read the directory: " + why.message());
}

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  const std::unique_ptr<DIR, DirectoryCloser> open(::opendir(directory.c_str()));
  if (open == nullptr) fail_to_list(directory);
  std::vector<std::string> names;
  for (;;) {
    errno = 0;  // an end and an error look the same otherwise
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr && errno != 0) fail_to_list(directory);
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
