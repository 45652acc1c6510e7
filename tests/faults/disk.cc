// A disk that loses power.
#include "faults/disk.h"

#include <algorithm>

namespace support {

namespace {

constexpr std::size_t kSector = 512;

void write(std::string& content, const DiskEvent& event, std::size_t from, std::size_t to) {
  if (content.size() < to) content.resize(to);
  content.replace(from, to - from, event.data, from - event.offset, to - from);
}

// `keeps` says of each sector whether it is written.
template <class Keeps>
void make(std::string& content, const DiskEvent& event, Keeps&& keeps) {
  if (event.io == Io::kTruncate) {
    if (keeps()) content.resize(event.offset);
    return;
  }
  const std::size_t end = event.offset + event.data.size();
  for (std::size_t from = event.offset; from < end;) {
    const std::size_t to = std::min(end, (from / kSector + 1) * kSector);
    if (keeps()) write(content, event, from, to);
    from = to;
  }
}

}  // namespace

int DiskRecord::before(const IoCall& call) {
  const bool changes = call.io == Io::kOpen || call.io == Io::kWrite || call.io == Io::kTruncate ||
                       call.io == Io::kSync || call.io == Io::kDelete;
  if (!changes || call.path == nullptr) return SQLITE_OK;
  DiskEvent event{call.io, call.path, {}, static_cast<std::size_t>(call.offset)};
  if (call.io == Io::kWrite)
    event.data.assign(static_cast<const char*>(call.data), static_cast<std::size_t>(call.size));
  event.syncs_folder = call.io == Io::kDelete && call.size != 0;
  events_.push_back(std::move(event));
  return SQLITE_OK;
}

void Disk::apply(const DiskEvent& event) {
  const bool is_there = folder_.count(event.path) > 0;
  switch (event.io) {
    case Io::kOpen:
      if (!is_there) change_folder(event.path, std::make_shared<File>());
      break;
    case Io::kDelete:
      if (is_there) change_folder(event.path, nullptr);
      if (event.syncs_folder) sync_folder();
      break;
    case Io::kSync:
      sync(event.path);
      break;
    default:
      folder_.at(event.path)->unsynced.push_back(&event);
  }
}

void Disk::change_folder(const std::string& path, std::shared_ptr<File> file) {
  if (file)
    folder_[path] = file;
  else
    folder_.erase(path);
  unsynced_.push_back({path, std::move(file)});
}

// With a journal or log that is new, SQLite syncs the folder, too.
void Disk::sync(const std::string& path) {
  File& file = *folder_.at(path);
  for (const DiskEvent* event : file.unsynced) make(file.synced, *event, [] { return true; });
  file.unsynced.clear();
  if (file.is_folder_synced || !(path.ends_with("-journal") || path.ends_with("-wal"))) return;
  file.is_folder_synced = true;
  sync_folder();
}

void Disk::sync_folder() {
  synced_folder_ = folder_;
  unsynced_.clear();
}

std::map<std::string, std::string> Disk::after_loss(std::minstd_rand& random) const {
  Folder folder = synced_folder_;
  const std::size_t changes = random() % (unsynced_.size() + 1);
  for (std::size_t i = 0; i < changes; ++i) {
    if (unsynced_[i].file)
      folder[unsynced_[i].path] = unsynced_[i].file;
    else
      folder.erase(unsynced_[i].path);
  }
  const auto percent = static_cast<std::uint32_t>(random() % 5 * 25);  // none, some, or all
  std::map<std::string, std::string> found;
  for (const auto& [path, file] : folder) {
    std::string& content = found[path] = file->synced;
    for (const DiskEvent* event : file->unsynced)
      make(content, *event, [&] { return random() % 100 < percent; });
  }
  return found;
}

}  // namespace support
