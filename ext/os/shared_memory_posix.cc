// Memory that processes share, by POSIX: a file in a folder that is kept in memory.
//
// Whoever has it holds a shared lock on it (flock(), which has nothing to do with the locks that
// SQLite takes with fcntl()). So an exclusive lock is to be had exactly when nobody alive has it.
#include "os/folder.h"
#include "os/shared_memory.h"
#include "sqlite/error.h"

#ifndef _WIN32
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <map>
#include <mutex>
#include <vector>

namespace larder {

namespace {

constexpr std::string_view kPrefix = "larder-";
constexpr int kOpenFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
constexpr mode_t kRights = 0666;

// With a slash at its end; empty when there is none. That of Linux is everybody's, that of macOS
// one user's.
std::string memory_folder() {
#if defined(__linux__)
  return "/dev/shm/";
#elif defined(__APPLE__)
  std::array<char, PATH_MAX> path{};
  const std::size_t size = ::confstr(_CS_DARWIN_USER_TEMP_DIR, path.data(), path.size());
  return size > 0 && size <= path.size() ? path.data() : "";
#else
  return "";
#endif
}

// None of them waits: another user who may only read the memory can lock it for ever.
bool lock_alone(int file) { return ::flock(file, LOCK_EX | LOCK_NB) == 0; }
bool lock_together(int file) { return ::flock(file, LOCK_SH | LOCK_NB) == 0; }

// Whoever lies in the memory makes others read what is no longer true, as does whoever writes the
// file. So its owner must be one who can do that.
bool is_trusted(const struct stat& memory, const struct stat& file) {
  const bool owner_writes = memory.st_uid == file.st_uid || memory.st_uid == 0 ||
                            (file.st_mode & S_IWOTH) != 0 ||
                            ((file.st_mode & S_IWGRP) != 0 && memory.st_gid == file.st_gid);
  return S_ISREG(memory.st_mode) && memory.st_nlink == 1 && owner_writes &&
         (memory.st_mode & ALLPERMS & ~(file.st_mode & kRights)) == 0;
}

// Removes what killed processes of this user have left for files that nobody has open.
void remove_litter(const std::string& folder) {
  std::vector<std::string> names;
  try {
    names = names_in(folder);
  } catch (const Error&) {
    return;  // it is only tidiness
  }
  for (const std::string& name : names) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string path = folder + name;
    const int file = ::open(path.c_str(), kOpenFlags);
    if (file < 0) continue;
    struct stat found {};
    if (::fstat(file, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink == 1 &&
        found.st_uid == ::geteuid() && lock_alone(file))
      ::unlink(path.c_str());
    ::close(file);
  }
}

// Owner, group and rights as the file has them. Where the group cannot be its, it gets no rights.
bool dress_as(int memory, const struct stat& file) {
  mode_t rights = file.st_mode & kRights;
  const bool is_root = ::geteuid() == 0;
  if ((is_root || ::getegid() != file.st_gid) &&
      ::fchown(memory, is_root ? file.st_uid : static_cast<uid_t>(-1), file.st_gid) != 0)
    rights &= ~static_cast<mode_t>(S_IRWXG);
  return ::fchmod(memory, rights) == 0;
}

// A new one; -1 when it cannot be had.
int make(const std::string& path, const struct stat& file) {
  const int memory = ::open(path.c_str(), kOpenFlags | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
  if (memory < 0) return -1;
  struct stat made {};
  if (dress_as(memory, file) && ::fstat(memory, &made) == 0 && is_trusted(made, file))
    return memory;
  ::unlink(path.c_str());
  ::close(memory);
  return -1;
}

// Writes them: memory that is only promised ends a process when there is none left.
bool fill_with_zeros(int file, std::size_t bytes) {
  constexpr std::array<char, 4096> kZeros{};
  if (::ftruncate(file, 0) != 0) return false;
  for (std::size_t at = 0; at < bytes; at += kZeros.size()) {
    const std::size_t most = std::min(kZeros.size(), bytes - at);
    if (::pwrite(file, kZeros.data(), most, static_cast<off_t>(at)) != static_cast<ssize_t>(most))
      return false;
  }
  return true;
}

// Ends with the shared lock on memory that is whole, and is still there under its name.
bool join(const std::string& path, int memory, std::size_t bytes) {
  if (lock_alone(memory) && !fill_with_zeros(memory, bytes)) {
    ::unlink(path.c_str());
    return false;
  }
  struct stat found {};
  return lock_together(memory) && ::fstat(memory, &found) == 0 && found.st_nlink == 1 &&
         found.st_size == static_cast<off_t>(bytes);
}

// What this process has, by path. Never destroyed: a thread may still be at work when the process
// ends.
struct Attached {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<SharedMemory>> by_path;
};

Attached& attached() {
  static auto* const all = new Attached;
  return *all;
}

std::string path_for(std::string_view purpose, const struct stat& file) {
  std::array<char, 40> number{};
  std::snprintf(number.data(), number.size(), "-%llx-%llx",
                static_cast<unsigned long long>(file.st_dev),
                static_cast<unsigned long long>(file.st_ino));
  return memory_folder() + std::string(kPrefix) + std::string(purpose) + number.data();
}

}  // namespace

std::shared_ptr<SharedMemory> SharedMemory::of_file(const char* path, std::string_view purpose,
                                                    std::size_t bytes, Open open) {
  struct stat file {};
  if (memory_folder().empty() || ::stat(path, &file) != 0) return nullptr;
  const std::string name = path_for(purpose, file);
  const std::lock_guard lock(attached().mutex);
  auto& known = attached().by_path;
  std::erase_if(known, [](const auto& one) { return one.second.expired(); });
  if (const auto found = known.find(name); found != known.end()) {
    if (auto shared = found->second.lock()) return shared;
  }
  std::shared_ptr<SharedMemory> memory(new SharedMemory(name, bytes));
  if (!memory->attach(path, open)) return nullptr;
  known[name] = memory;
  return memory;
}

bool SharedMemory::attach(const char* file_path, Open open) {
  struct stat file {
  }, found{};
  memory_ = ::open(path_.c_str(), kOpenFlags);
  if (::stat(file_path, &file) != 0) return false;
  if (memory_ < 0 && open == Open::kMake) {
    remove_litter(memory_folder());
    memory_ = make(path_, file);
  }
  if (memory_ < 0 || ::fstat(memory_, &found) != 0 || !is_trusted(found, file) ||
      !join(path_, memory_, bytes_))
    return false;
  void* data = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, memory_, 0);
  if (data == MAP_FAILED) return false;
  data_ = data;
  return true;
}

SharedMemory::~SharedMemory() {
  if (data_ != nullptr) {
    struct stat found {};
    ::munmap(data_, bytes_);
    if (lock_alone(memory_) && ::fstat(memory_, &found) == 0 && found.st_nlink == 1)
      ::unlink(path_.c_str());
  }
  if (memory_ >= 0) ::close(memory_);
}

}  // namespace larder
#endif
