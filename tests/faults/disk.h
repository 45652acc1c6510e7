// A disk that loses power: what was synced is there afterwards, and of what was not, a random part.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "faults/file_shim.h"

namespace support {

// One thing that was done to the disk.
struct DiskEvent {
  Io io;
  std::string path;
  std::string data;
  std::size_t offset = 0;     // for kTruncate, the new length
  bool syncs_folder = false;  // of kDelete
};

// Writes down what is done to the disk.
class DiskRecord : public IoObserver {
 public:
  int before(const IoCall& call) override;
  const std::vector<DiskEvent>& events() const { return events_; }

 private:
  std::vector<DiskEvent> events_;
};

class Disk {
 public:
  void apply(const DiskEvent& event);

  // The files as they are found when power is back, by path. Of each write that was not synced some
  // sectors are there; of the folder's changes, the first few.
  std::map<std::string, std::string> after_loss(std::minstd_rand& random) const;

 private:
  struct File {
    std::string synced;
    std::vector<const DiskEvent*> unsynced = {};
    bool is_folder_synced = false;  // since it was made
  };
  using Folder = std::map<std::string, std::shared_ptr<File>>;
  struct Change {
    std::string path;
    std::shared_ptr<File> file;  // nullptr: it was deleted
  };

  void change_folder(const std::string& path, std::shared_ptr<File> file);
  void sync(const std::string& path);
  void sync_folder();

  Folder folder_;
  Folder synced_folder_;
  std::vector<Change> unsynced_;  // of the folder
};

}  // namespace support
