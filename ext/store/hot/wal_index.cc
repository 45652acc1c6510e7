// Reading the header of the wal-index.
#include "store/hot/wal_index.h"

#include <bit>

#include "os/compiler.h"
#include "store/connection.h"

namespace larder {

namespace {

// Words of the header, https://sqlite.org/walformat.html#the_wal_index_header
enum HeaderWord {
  kFormatWord = 0,
  kCommitsWord = 2,
  kPageSizeWord = 3,
  kFramesWord = 4,
  kChecksum1Word = 6,
  kChecksum2Word = 7,
  kSalt1Word = 8,
  kSalt2Word = 9
};

constexpr std::uint32_t kKnownFormat = 3007000;
constexpr int kRegion = 32768;  // bytes; the unit in which SQLite maps the wal-index

// SQLite's VFS level of a file lock that readers share.
constexpr int kSharedLock = 1;

}  // namespace

// As SQLITE_FCNTL_FILE_POINTER has it, at a third of the cost. A file without a name is a temporary
// one or in memory.
WalIndex::File WalIndex::find_file(sqlite3* db) {
  const char* name = sqlite3_db_filename(db, nullptr);  // that of the main file
  if (name == nullptr || *name == '\0') return {};
  sqlite3_file* handle = sqlite3_database_file_object(name);
  return {handle, handle->pMethods};
}

// Outside a transaction a connection holds a shared lock on its file in WAL mode only. With
// locking_mode=EXCLUSIVE the wal-index may be in private memory; mapping the shared one would then
// create its file.
bool WalIndex::holds_shared_lock(const File& file) {
  int lock = -1;
  return file.methods != nullptr &&
         file.methods->xFileControl(file.handle, SQLITE_FCNTL_LOCKSTATE, &lock) == SQLITE_OK &&
         lock == kSharedLock;
}

bool WalIndex::is_usable(Connection& connection, const File& file) {
  constexpr int kHasSharedMemory = 2;  // iVersion
  if (file.methods->iVersion < kHasSharedMemory || file.methods->xShmMap == nullptr) return false;
  Query mode = connection.query("PRAGMA main.journal_mode");
  return mode.step() && mode.text(0) == "wal";
}

// (SQLITE_FCNTL_JOURNAL_POINTER would tell a change of journal mode, too; but it crashes a SQLite
// whose log is not its own, as libSQL's is.)
bool WalIndex::map(Connection& connection) {
  const File file = find_file(connection.db());
  const bool is_shared = holds_shared_lock(file);
  if (!is_shared || file != usable_)
    usable_ = is_shared && is_usable(connection, file) ? file : File();
  if (usable_.handle == nullptr) return false;
  volatile void* region = nullptr;
  if (file.methods->xShmMap(file.handle, 0, kRegion, 0, &region) != SQLITE_OK || region == nullptr)
    return false;
  words_ = static_cast<const volatile std::uint32_t*>(region);
  return words_[kFormatWord] == kKnownFormat;
}

// Other processes write here at the same time: a mixture of two commits equals neither, as their
// numbers and their checksums differ.
Commit WalIndex::newest() const {
  const auto word = [&](HeaderWord place) { return load_acquire(words_ + place); };
  Commit commit;
  commit.number = word(kCommitsWord);
  commit.frames = word(kFramesWord);
  commit.checksum = {word(kChecksum1Word), word(kChecksum2Word)};
  commit.salts = {word(kSalt1Word), word(kSalt2Word)};
  return commit;
}

// The upper half of its bytes, where 1 stands for 65,536.
std::uint32_t WalIndex::page_size() const {
  const std::uint32_t word = load_acquire(words_ + kPageSizeWord);
  const std::uint32_t half =
      std::endian::native == std::endian::little ? word >> 16 : word & 0xffff;
  return half == 1 ? 65536 : half;
}

std::uint32_t WalIndex::page_version(sqlite3* db) {
  unsigned version = 0;
  sqlite3_file_control(db, nullptr, SQLITE_FCNTL_DATA_VERSION, &version);
  return version;
}

}  // namespace larder
