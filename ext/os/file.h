// Files that are only read. Paths are UTF-8, as all of SQLite's are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace larder {

// The size in bytes of what `path` names; nothing when it is not there or may not be looked at.
std::optional<std::int64_t> size_of_file(const char* path);

// A regular file, open for reading, also when the path is a symbolic link to one. Opening waits for
// nobody, and (but on Windows) makes no device act. Everything throws Error, which names the path,
// when it fails, and when the file is not a regular one. The path must outlive it.
class RegularFile {
 public:
  explicit RegularFile(const std::string& path);
  explicit RegularFile(std::string&& path) = delete;
  RegularFile(const RegularFile&) = delete;
  RegularFile& operator=(const RegularFile&) = delete;
  ~RegularFile();

  // The bytes that it had when it was opened; some files do not know, and say 0.
  std::size_t size() const { return size_; }

  // Reads on at `offset`, counted from the beginning.
  void seek(std::int64_t offset);

  // Reads the next bytes, at most `room`. Returns how many; 0 at the end.
  std::size_t read(char* bytes, std::size_t room);

 private:
  const std::string& path_;
  int file_ = -1;
  std::size_t size_ = 0;
};

}  // namespace larder
