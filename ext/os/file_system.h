// Where a file lies, as far as the operating system tells.
#pragma once

namespace larder {

enum class FileSystem {
  kLocal,
  kNetwork,
  kUnknown,  // behind a driver that may be either, or the system does not tell
};

FileSystem file_system_of(const char* path);

}  // namespace larder
