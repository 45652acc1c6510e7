// Telling other processes which rows a commit has changed, and being told.
#include "store/hot/sharing.h"

#include <bit>

#include "store/connection.h"
#include "store/settings.h"

namespace larder {

constinit const Setting kHotShare{
    "hot.share", Setting::Kind::kSwitch, 1, {}, [](Connection& connection) {
      connection.hot().forget_settings();
    }};

namespace {

// Names what is in the memory: the form of the records, and how a hash is made of a key.
constexpr std::string_view kPurpose = "hot1";

// The memory of the main file; nullptr where none can be had, also when the file is no longer the
// one of its name.
std::shared_ptr<SharedMemory> find_memory(sqlite3* db, SharedMemory::Open open) {
  const char* path = sqlite3_db_filename(db, "main");
  if (path == nullptr || *path == '\0') return nullptr;
  auto memory = SharedMemory::of_file(path, kPurpose, CommitRing::kBytes, open);
  int has_moved = 1;
  sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  return has_moved == 0 ? memory : nullptr;
}

}  // namespace

// Whatever fails here, the hot cache does without. (To look for memory that is there costs less
// than to read the setting.)
void Sharing::review(Connection& connection, SharedMemory::Open open) noexcept {
  try {
    if (memory_ == nullptr && open == SharedMemory::Open::kIfThere) {
      memory_ = find_memory(connection.db(), open);
      if (memory_ == nullptr) return;
    }
    if (memory_ != nullptr && !memory_->is_there()) leave();
    if (!switch_setting(connection, kHotShare)) return leave();
    if (memory_ == nullptr) memory_ = find_memory(connection.db(), open);
    if (memory_ != nullptr) ring_.emplace(static_cast<CommitRing::Place*>(memory_->data()));
  } catch (const std::exception&) {
    leave();
  }
}

bool Sharing::Occasions::is_due() {
  constexpr unsigned kEvery = 64;  // opportunities, and more often at first
  const unsigned opportunity = count_++;
  return opportunity % kEvery == 0 || std::has_single_bit(opportunity);
}

void Sharing::leave() {
  ring_.reset();
  memory_.reset();
}

}  // namespace larder
