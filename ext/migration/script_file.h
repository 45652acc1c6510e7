// Reading what may be anything: files that a directory holds.
#pragma once

#include <string>

namespace larder {

// The text in the file at `path`, without a byte order mark. Only a regular file is opened, be it
// through a symbolic link: nothing that could block or act. Throws Error, which names the file,
// also for one that is too large, holds a NUL, or is not UTF-8.
std::string read_script_file(const std::string& path);

}  // namespace larder
