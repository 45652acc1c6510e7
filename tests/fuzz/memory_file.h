// A file of the memory VFS, and its locks.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

namespace fuzz {

struct Handle;

// The bytes of a file, and who has locked what of it.
struct Stored {
  std::string bytes;
  int readers = 0;  // how many handles have a shared lock, or more
  const Handle* reserved = nullptr;
  const Handle* pending = nullptr;  // or exclusive: nobody comes in
  int users_of_regions = 0;
  std::vector<std::unique_ptr<char[]>> regions;
  int sharing[SQLITE_SHM_NLOCK] = {};
  const Handle* holding[SQLITE_SHM_NLOCK] = {};
};

// What SQLite knows as an open file.
struct Handle : sqlite3_file {
  std::shared_ptr<Stored> stored;
  int lock = SQLITE_LOCK_NONE;
  bool uses_regions = false;
  bool shares[SQLITE_SHM_NLOCK] = {};

  // xLock, xUnlock and xShmLock of https://sqlite.org/c3ref/io_methods.html
  int set_lock(int level);
  int reduce_lock(int level);
  int set_region_locks(int first, int count, int flags);
};

}  // namespace fuzz
