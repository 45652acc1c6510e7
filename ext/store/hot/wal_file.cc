// The log itself. (Whoever closes a file loses the locks that this process has on it, as POSIX has
// it: of a log SQLite takes none, and of the database file nobody but SQLite opens one.)
#include "store/hot/wal_file.h"

#include <array>
#include <string>

#include "os/file.h"
#include "sqlite/error.h"

namespace larder {

namespace {

// https://sqlite.org/fileformat2.html#wal_file_format
constexpr std::int64_t kLogHeader = 32;
constexpr std::int64_t kFrameHeader = 24;
enum WordOfFrame { kPagesInFile = 1, kSalt1 = 2, kSalt2 = 3, kChecksum1 = 4, kChecksum2 = 5 };
using FrameHeader = std::array<std::uint32_t, 6>;

// The header of the frame that is number `frame`, from 1 on.
std::optional<FrameHeader> read_frame_header(const std::string& path, std::uint32_t frame,
                                             std::uint32_t page_size) {
  RegularFile log(path);
  log.seek(kLogHeader + (std::int64_t{frame} - 1) * (kFrameHeader + page_size));
  FrameHeader header{};
  if (log.read(reinterpret_cast<char*>(header.data()), sizeof header) != sizeof header) return {};
  return header;
}

}  // namespace

std::optional<Commit> commit_in_log(sqlite3* db, const Commit& before, std::uint32_t pages,
                                    std::uint32_t page_size) noexcept {
  try {
    const std::string path = sqlite3_filename_wal(sqlite3_db_filename(db, "main"));
    const std::uint32_t frames = before.frames + pages;
    const auto header = read_frame_header(path, frames, page_size);
    if (!header) return {};
    const Commit commit{before.number + 1,
                        frames,
                        {big_endian((*header)[kChecksum1]), big_endian((*header)[kChecksum2])},
                        {(*header)[kSalt1], (*header)[kSalt2]}};
    const bool ends_commit = (*header)[kPagesInFile] != 0;
    if (!ends_commit || commit.salts != before.salts) return {};
    return commit;
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace larder
