// Whether anybody has committed to the main file, told without a system call: in WAL mode every
// commit of every process rewrites the header of the wal-index, which lives in shared memory
// (https://sqlite.org/walformat.html#the_wal_index_header).
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "sqlite/api.h"

namespace larder {

class Connection;

// The first copy of the header. Two that are equal, byte for byte, mean that nobody has committed
// between them.
struct WalHeader {
  std::array<std::uint32_t, 12> words{};

  bool operator==(const WalHeader&) const = default;

  // True when its log has begun, and so has salts: random numbers, which no other log has. False of
  // one that nothing was ever written to: they all look alike.
  bool names_its_log() const;

  // True when all that happened since `before` is one commit, of `pages` pages, or none where that
  // is 0: SQLite writes no page whose bytes stay the same, and a commit of nothing is no commit.
  // False where it cannot be told, as when the log has begun anew.
  bool is_next_of(const WalHeader& before, std::uint32_t pages) const;

  // The same, with a log that this commit has begun anew, as one does after a checkpoint of all of
  // it. The header alone does not prove it: the count of commits begins anew, too, when SQLite
  // repairs a wal-index. Whoever asks must know that nobody committed before it.
  bool is_restart_after(const WalHeader& before, std::uint32_t pages) const;
};

class WalIndex {
 public:
  // Finds the wal-index of the main file of `connection`, which must not be in the middle of a
  // transaction. False when the file is not in WAL mode, when its wal-index is not in shared
  // memory, or has a format that this code does not know.
  bool map(Connection& connection);

  // The header as it is now. Only after map(), in the same call of a function of ours: at its end
  // the file may be closed, or leave WAL mode.
  WalHeader header() const;

  // True when it is `header` now.
  bool has(const WalHeader& header) const;

  // A number that changes whenever this connection writes the file, or finds the pages it has in
  // memory out of date. To compare with a header that does not name its log: one that is removed
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
