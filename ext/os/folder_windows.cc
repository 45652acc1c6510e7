// Looking into folders of Windows.
#include "os/folder.h"
#include "os/system_error.h"
#include "os/windows_path.h"

#ifdef _WIN32
#include <io.h>

#include <cerrno>
#include <cstdint>

namespace larder {

namespace {

// The search that _wfindfirst64() has begun,
// https://learn.microsoft.com/cpp/c-runtime-library/filename-search-functions
struct Search {
  explicit Search(const std::string& directory)
      : handle(_wfindfirst64((windows_path(directory) + L"/*").c_str(), &found)) {}
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;
  ~Search() {
    if (handle != -1) _findclose(handle);
  }
  bool next() { return _wfindnext64(handle, &found) == 0; }

  _wfinddata64_t found{};
  std::intptr_t handle;
};

}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  if (is_there(directory) && !is_folder(directory)) {
    errno = ENOTDIR;
    fail_with_errno(directory, kCannotReadDirectory);
  }
  Search search(directory);
  if (search.handle == -1) fail_with_errno(directory, kCannotReadDirectory);
  std::vector<std::string> names;
  do {
    names.push_back(utf8_of(search.found.name));
  } while (search.next());
  if (errno != ENOENT) fail_with_errno(directory, kCannotReadDirectory);
  return names;
}

bool is_folder(const std::string& path) {
  struct _stat64 found {};
  return _wstat64(windows_path(path).c_str(), &found) == 0 && (found.st_mode & _S_IFMT) == _S_IFDIR;
}

bool is_there(const std::string& path) {
  struct _stat64 found {};
  return _wstat64(windows_path(path).c_str(), &found) == 0 || errno != ENOENT;
}

}  // namespace larder
#endif
