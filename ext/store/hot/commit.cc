// Which state of the file somebody has seen.
#include "store/hot/commit.h"

namespace larder {

bool Commit::is_next_of(const Commit& before, std::uint32_t pages) const {
  if (pages == 0) return *this == before;
  return number == before.number + 1 && salts == before.salts && frames == before.frames + pages;
}

// The first salt counts the restarts, https://sqlite.org/fileformat2.html#wal_reset
bool Commit::is_restart_after(const Commit& before, std::uint32_t pages) const {
  return pages > 0 && number == before.number + 1 &&
         big_endian(salts[0]) == big_endian(before.salts[0]) + 1 && frames == pages;
}

}  // namespace larder
