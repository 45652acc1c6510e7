// Memory that the processes share which have the same file open.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "os/process.h"

namespace larder {

// It lives in the system's folder for such memory, under a name made of the user's and the file's
// own numbers. It begins as zeros when nobody alive has it, and the last who has it removes it.
// What processes have left that were killed is taken over by the next one with the same file, or
// removed by whoever next makes memory for another file.
//
// It is for one user alone, whatever the rights of the file; what somebody else has put under its
// name is refused. There is no such folder on Windows.
class SharedMemory {
 public:
  enum class Open { kIfThere, kMake };

  // `bytes` bytes for the file at `path`, which must be open, with a `purpose` that tells them from
  // other memory of the file. nullptr when they are not there, or cannot be had: then whoever asked
  // does without. A process has them once; one that was forked has its own. Throws std::bad_alloc.
  static std::shared_ptr<SharedMemory> of_file(const char* path, std::string_view purpose,
                                               std::size_t bytes, Open open);

  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory();

  // False when its name is gone, so that nobody else will find it, or this is a forked process.
  bool is_there() const;

  // Aligned to a page. Others write them at the same time.
  void* data() const { return data_; }

 private:
  explicit SharedMemory(std::string path, std::size_t bytes)
      : path_(std::move(path)), bytes_(bytes), process_(process_id()) {}
  bool attach(Open open);

  std::string path_;
  std::size_t bytes_;
  int process_;
  int memory_ = -1;  // its lock tells that this process is alive
  void* data_ = nullptr;
};

}  // namespace larder
