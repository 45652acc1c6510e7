// SQLite's files in memory, for connections of one thread. They have locks and shared memory, so
// that every journal mode works, and nothing about them is random.
#pragma once

#include <string>

namespace fuzz {

// Makes it the VFS of every connection that is opened from now on.
void install_memory_vfs();

// Nothing is there afterwards. No connection may be open.
void remove_files();

// What is in a file, to be read and changed. It is made if it is not there.
std::string& file(const std::string& name);

bool has_file(const std::string& name);

}  // namespace fuzz
