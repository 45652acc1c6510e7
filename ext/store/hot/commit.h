// Which state of the file somebody has seen.
#pragma once

#include <array>
#include <cstdint>

namespace larder {

// A commit in WAL mode, as the header of the wal-index names the newest one
// (https://sqlite.org/walformat.html#the_wal_index_header). Two that are equal mean that nobody has
// committed between them: the salts are the log's own, the frames are how long it is, and the
// checksum is over all of it.
struct Commit {
  std::uint32_t number = 0;  // counts the commits; begins anew when SQLite repairs a wal-index
  std::uint32_t frames = 0;
  std::array<std::uint32_t, 2> checksum{};
  std::array<std::uint32_t, 2> salts{};  // bytes of the log, where the others are numbers

  bool operator==(const Commit&) const = default;

  // True when its log has begun, and so has salts: random numbers, which no other log has. False of
  // one that nothing was ever written to: they all look alike.
  bool names_its_log() const { return (salts[0] | salts[1]) != 0; }

  // True when all that happened since `before` is one commit, of `pages` pages, or none where that
  // is 0: SQLite writes no page whose bytes stay the same, and a commit of nothing is no commit.
  // False where it cannot be told, as when the log has begun anew.
  bool is_next_of(const Commit& before, std::uint32_t pages) const;

  // The same, with a log that this commit has begun anew, as one does after a checkpoint of all of
  // it. The commit alone does not prove it: the count of commits begins anew, too, when SQLite
  // repairs a wal-index. Whoever asks must know that nobody committed before it, and nobody since.
  bool is_restart_after(const Commit& before, std::uint32_t pages) const;
};

// The number that the bytes of `word` are in the order of SQLite's files.
inline std::uint32_t big_endian(std::uint32_t word) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(&word);
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

}  // namespace larder
