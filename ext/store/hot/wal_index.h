// Whether anybody has committed to the main file, told without a system call: in WAL mode every
// commit of every process rewrites the header of the wal-index, which lives in shared memory
// (https://sqlite.org/walformat.html#the_wal_index_header).
#pragma once

#include <cstdint>

#include "sqlite/api.h"
#include "store/hot/commit.h"

namespace larder {

class Connection;

class WalIndex {
 public:
  // Finds the wal-index of the main file of `connection`, which must not be in the middle of a
  // transaction. False when the file is not in WAL mode, when its wal-index is not in shared
  // memory, or has a format that this code does not know.
  bool map(Connection& connection);

  // The newest commit. Only after map(), in the same call of a function of ours: at its end the
  // file may be closed, or leave WAL mode.
  Commit newest() const;

  // The size of a page in bytes. As above.
  std::uint32_t page_size() const;

  // A number that changes whenever this connection writes the file, or finds the pages it has in
  // memory out of date. To compare with a commit that does not name its log: one that is removed
  // and begun again, by two changes of journal mode, looks as it did at first.
  static std::uint32_t page_version(sqlite3* db);

 private:
  // The file as SQLite names it now: another one after sqlite3_deserialize().
  struct File {
    sqlite3_file* handle = nullptr;
    const sqlite3_io_methods* methods = nullptr;
    bool operator==(const File&) const = default;
  };

  static File find_file(sqlite3* db);
  static bool holds_shared_lock(const File& file);
  static bool is_usable(Connection& connection, const File& file);

  File usable_;  // the latest that could be used, as far as its journal mode has not changed since
  const volatile std::uint32_t* words_ = nullptr;
};

}  // namespace larder
