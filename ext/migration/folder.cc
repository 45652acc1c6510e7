// Looking into folders.
#include "migration/folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <new>
#include <system_error>

#include "sqlite/error.h"

namespace larder {

namespace {

[[noreturn]] void fail(const std::string& directory, const std::error_code& why) {
  if (why == std::errc::not_enough_memory) throw std::bad_alloc();
  throw Error(directory + ": cannot read the directory: " + why.message());
}

struct Closer {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

std::error_code last_error() { return {errno, std::generic_category()}; }

}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  const std::unique_ptr<DIR, Closer> open(::opendir(directory.c_str()));
  if (open == nullptr) fail(directory, last_error());
  std::vector<std::string> names;
  for (;;) {
    errno = 0;  // an end and an error look the same otherwise
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr && errno != 0) fail(directory, last_error());
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
