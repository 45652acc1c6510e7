// What Larder asks of the operating system, answered from memory: folders of migrations, and sleep.
// The linker puts the functions of system.cc in the place of the C library's (CMakeLists.txt).
#pragma once

#include <sqlite3.h>

#include <map>
#include <string>

namespace fuzz {

// The files by their paths below kFolder, such as "001_a/up.sql". Folders are there by themselves.
using Files = std::map<std::string, std::string>;

inline constexpr char kFolder[] = "/memory-folder";

// What is in kFolder from now on.
void set_folder(const Files* files);

// Begins to count sleeps anew. No time passes in them, but the clock that waits are measured by
// goes on; who sleeps for too long is interrupted.
void watch_sleep(void (*interrupt)());

}  // namespace fuzz
