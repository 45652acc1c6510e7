// Memory that the processes share which have the same file open.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace larder {

// It lives in the system's folder for such memory, under a name made of the file's own number. It
// begins as zeros when nobody alive has it, and the last who has it removes it. What processes have
// left that were killed is taken over by the next one with the same file, or removed by whoever
// next makes memory for another file.
//
// Its owner, group and rights are never wider than those of the file, and memory is refused that
// belongs to somebody who could not write the file. There is no such folder on Windows.
class SharedMemory {
 public:
  enum class Open { kIfThere, kMake };

  // `bytes` bytes for the file at `path`, which must be open, with a `purpose` that tells them from
  // other memory of the file. nullptr when they are not there, or cannot be had: then whoever asked
  // does without. A process has them once. Throws std::bad_alloc.
  static std::shared_ptr<SharedMemory> of_file(const char* path, std::string_view purpose,
                                               std::size_t bytes, Open open);

  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  ~SharedMemory();

  // Aligned to a page. Others write them at the same time.
  void* data() const { return data_; }

 private:
  explicit SharedMemory(std::string path, std::size_t bytes)
      : path_(std::move(path)), bytes_(bytes) {}
  bool attach(const char* file, Open open);

  std::string path_;
  std::size_t bytes_;
  int memory_ = -1;  // its lock tells that this process is alive
  void* data_ = nullptr;
};

}  // namespace larder
