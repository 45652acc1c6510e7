// Reading the files of a directory, which may be anything.
#pragma once

#include <string>

namespace larder {

// True when the environment says LARDER_NO_FILES: whoever runs SQL here must not reach other files
// than the database by way of migrations. Then no directory is read, and no script may name a file.
bool files_are_switched_off();

// The text in the file at `path`. Only a regular file is opened, also through a symbolic link:
// nothing that could block or act. Throws Error, which names the file, also for one that is too
// large, holds a NUL, or is not UTF-8.
std::string read_script_file(const std::string& path);

}  // namespace larder
