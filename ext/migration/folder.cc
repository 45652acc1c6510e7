// Looking into folders.
#include "migration/folder.h"

#include <system_error>

#include "sqlite/error.h"

#ifdef _WIN32
#include <filesystem>
#else
#include <dirent.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <new>
#endif

namespace larder {

namespace {

[[noreturn]] void fail(const std::string& directory, const std::error_code& why) {
  if (why == std::errc::not_enough_memory) throw std::bad_alloc();
  throw Error(directory + ": cannot read the directory: " + why.message());
}

}  // namespace

#ifdef _WIN32

namespace {

// Our texts are UTF-8, and those of Windows' narrow calls are not.
std::filesystem::path path_of(const std::string& text) {
  return std::u8string(text.begin(), text.end());
}

}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(path_of(directory), error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::u8string name = entry->path().filename().u8string();
    names.emplace_back(name.begin(), name.end());
  }
  if (error) fail(directory, error);
  return names;
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path_of(path), ignored);
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(std::filesystem::symlink_status(path_of(path), ignored));
}

#else

namespace {

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

#endif

}  // namespace larder
