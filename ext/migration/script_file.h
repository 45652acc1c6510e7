// Reading what may be anything: files that a directory holds.
#pragma once

#include <string>

namespace larder {

// True when the environment says LARDER_NO_FILES: whoever may run SQL here is not to reach, by way
// of migrations, other files than the database. No directory is read then, and no script names one.
bool files_are_switched_off();

// The text in the file at `path`. Only a regular file is opened, also through a symbolic link:
// nothing that could block or act. Throws Error, which names the file, also for one that is too
// large, holds a NUL, or is not UTF-8.
std::string read_script_file(const std::string& path);

}  // namespace larder
