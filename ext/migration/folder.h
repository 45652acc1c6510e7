// Looking into folders. Not with std::filesystem: libstdc++ lists a directory in functions that are
// noexcept, and where memory runs out in them the whole process ends.
#pragma once

#include <string>
#include <vector>

namespace larder {

// The names in `directory`, in no order, "." and ".." among them. Throws Error, which names the
// directory, when it cannot be read.
std::vector<std::string> names_in(const std::string& directory);

// True for a folder, be it through a symbolic link.
bool is_folder(const std::string& path);

// True also for a symbolic link to nowhere, and for what cannot be looked at: then reading it says
// what is wrong.
bool is_there(const std::string& path);

}  // namespace larder
