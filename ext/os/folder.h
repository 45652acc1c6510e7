// Looking into folders, without std::filesystem: libstdc++ lists a directory in noexcept functions,
// which end the whole process when memory runs out. Paths are UTF-8, as all of SQLite's are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace larder {

// The names in `directory`, in no order, "." and ".." among them. Throws Error, which names the
// directory, when it cannot be read.
std::vector<std::string> names_in(const std::string& directory);

// True for a folder, and for a symbolic link to one.
bool is_folder(const std::string& path);

// True when there is something of that name. That includes a symbolic link to nowhere and what may
// not be looked at: whoever reads it then gets the error.
bool is_there(const std::string& path);

}  // namespace larder
