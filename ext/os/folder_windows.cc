// Looking into folders of Windows.
#include "os/folder.h"
#include "os/system_error.h"
#include "os/windows_api.h"
#include "os/windows_path.h"

#ifdef _WIN32
#include <io.h>

#include <cerrno>
#include <cstdint>

namespace larder {

namespace {

std::string all_of(const std::string& directory) {
  const bool is_open = directory.ends_with('/') || directory.ends_with('\\');
  return directory + (is_open ? "*" : "/*");
}

// The search that _wfindfirst64() has begun,
// https://learn.microsoft.com/cpp/c-runtime-library/filename-search-functions
struct Search {
  explicit Search(const std::string& directory)
      : handle(_wfindfirst64(windows_path(all_of(directory)).c_str(), &found)) {}
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;
  ~Search() {
    if (handle != -1) _findclose(handle);
  }
  bool next() { return _wfindnext64(handle, &found) == 0; }

  _wfinddata64_t found{};
  std::intptr_t handle;
};

// Those of a link itself, wherever it leads. This opens nothing, and so makes no device act.
unsigned long attributes_of(const std::string& path) {
  return GetFileAttributesW(windows_path(path).c_str());
}

}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  Search search(directory);
  if (search.handle == -1) {
    const int why = errno;
    errno = is_there(directory) && !is_folder(directory) ? ENOTDIR : why;
    fail_with_errno(directory, kCannotReadDirectory);
  }
  std::vector<std::string> names;
  do {
    names.push_back(utf8_of(search.found.name));
  } while (search.next());
  if (errno != ENOENT) fail_with_errno(directory, kCannotReadDirectory);
  return names;
}

bool is_folder(const std::string& path) {
  const unsigned long attributes = attributes_of(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool is_there(const std::string& path) {
  if (attributes_of(path) != INVALID_FILE_ATTRIBUTES) return true;
  const unsigned long why = GetLastError();
  return why != ERROR_FILE_NOT_FOUND && why != ERROR_PATH_NOT_FOUND;
}

}  // namespace larder
#endif
