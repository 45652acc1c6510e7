// Memory that processes share, by POSIX: a file in a folder that is kept in memory.
//
// Whoever has it holds a shared lock on it (flock(), which has nothing to do with the locks that
// SQLite takes with fcntl()). So an exclusive lock is to be had exactly when nobody alive has it.
#include "os/folder.h"
#include "os/process.h"
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
constexpr mode_t kRights = S_IRUSR | S_IWUSR;
constexpr mode_t kAllBits = 07777;

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

// Neither waits: the same user's other programs may hold a lock for ever.
bool lock_alone(int file) { return ::flock(file, LOCK_EX | LOCK_NB) == 0; }
bool lock_together(int file) { return ::flock(file, LOCK_SH | LOCK_NB) == 0; }

// Whoever lies in the memory makes others read what is no longer true, and whoever reads it can
// guess keys. The file's own rights do not tell who may: folders above it keep others out as well.
// So it is for one user alone.
bool is_own(int memory) {
  struct stat found {};
  return ::fstat(memory, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink == 1 &&
         found.st_uid == ::geteuid() && (found.st_mode & kAllBits & ~kRights) == 0;
}

// Locks it alone when nobody alive has it. (Looks at its name only then: until it is locked,
// another may remove it and make a new one.)
bool take_alone(int memory) { return lock_alone(memory) && is_own(memory); }

// A descriptor that is none of the three which a program writes its messages to.
int open_file(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags, kRights);
  if (file < 0 || file > STDERR_FILENO) return file;
  const int higher = ::fcntl(file, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  ::close(file);
  return higher;
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
    const int memory = open_file(path, kOpenFlags);
    if (memory < 0) continue;
    if (take_alone(memory)) ::unlink(path.c_str());
    ::close(memory);
  }
}

// Writes them: memory that is only promised ends a process when there is none left. It never gets
// shorter, which would end one that has it.
bool fill_with_zeros(int file, std::size_t bytes) {
  constexpr std::array<char, 4096> kZeros{};
  for (std::size_t at = 0; at < bytes; at += kZeros.size()) {
    const std::size_t most = std::min(kZeros.size(), bytes - at);
    if (::pwrite(file, kZeros.data(), most, static_cast<off_t>(at)) != static_cast<ssize_t>(most))
      return false;
  }
  return ::ftruncate(file, static_cast<off_t>(bytes)) == 0;
}

// Ends with the shared lock on memory that is whole, and is still there under its name.
bool join(const std::string& path, int memory, std::size_t bytes) {
  if (take_alone(memory) && !fill_with_zeros(memory, bytes)) {
    ::unlink(path.c_str());
    return false;
  }
  struct stat found {};
  return lock_together(memory) && is_own(memory) && ::fstat(memory, &found) == 0 &&
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
  std::array<char, 60> number{};
  std::snprintf(
      number.data(), number.size(), "-%llx-%llx-%llx", static_cast<unsigned long long>(::geteuid()),
      static_cast<unsigned long long>(file.st_dev), static_cast<unsigned long long>(file.st_ino));
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
    if (auto shared = found->second.lock(); shared != nullptr && shared->is_there()) return shared;
  }
  std::shared_ptr<SharedMemory> memory(new SharedMemory(name, bytes));
  if (!memory->attach(open)) return nullptr;
  known[name] = memory;
  return memory;
}

bool SharedMemory::attach(Open open) {
  memory_ = open_file(path_, kOpenFlags);
  if (memory_ < 0 && open == Open::kMake) {
    remove_litter(memory_folder());
    memory_ = open_file(path_, kOpenFlags | O_CREAT | O_EXCL);
  }
  if (memory_ < 0 || !is_own(memory_) || !join(path_, memory_, bytes_)) return false;
  void* data = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED, memory_, 0);
  if (data == MAP_FAILED) return false;
  data_ = data;
  return true;
}

bool SharedMemory::is_there() const { return process_ == process_id() && is_own(memory_); }

// After a fork the child has the parent's lock, too: it is not for the child to give it up.
SharedMemory::~SharedMemory() {
  if (data_ != nullptr) ::munmap(data_, bytes_);
  if (memory_ < 0) return;
  if (process_ == process_id() && take_alone(memory_)) ::unlink(path_.c_str());
  ::close(memory_);
}

}  // namespace larder
#endif
