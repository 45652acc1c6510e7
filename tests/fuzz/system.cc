// What Larder asks of the operating system, answered from memory.
#include "fuzz/system.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <set>
#include <string_view>
#include <vector>

namespace fuzz {

namespace {

const Files* folder = nullptr;

constexpr int kFirstFile = 1 << 20;  // far above what the system counts

// A file that is being read; there is one at a time.
struct Reading {
  const std::string* bytes = nullptr;
  std::size_t at = 0;
};
Reading reading;

// A folder that is being listed; so is this.
struct Listing {
  std::vector<std::string> names;
  std::size_t at = 0;
  dirent64 entry{};
};
Listing listing;

// The path below kFolder; nothing that begins so is the system's.
bool is_ours(const char* path) { return std::string_view(path).starts_with(kFolder); }

std::string below(const char* path) {
  std::string_view rest(path + sizeof(kFolder) - 1);
  while (rest.starts_with('/')) rest.remove_prefix(1);
  return std::string(rest);
}

std::set<std::string> names_below(const std::string& path) {
  const std::string prefix = path.empty() ? "" : path + "/";
  std::set<std::string> names;
  for (auto at = folder->lower_bound(prefix); at != folder->end(); ++at) {
    if (!at->first.starts_with(prefix)) break;
    names.insert(
        at->first.substr(prefix.size(), at->first.find('/', prefix.size()) - prefix.size()));
  }
  return names;
}

int fail(int code) {
  errno = code;
  return -1;
}

int look(const char* path, struct stat64* found) {
  *found = {};
  const std::string name = below(path);
  const auto file = folder->find(name);
  if (file != folder->end()) {
    found->st_mode = S_IFREG;
    found->st_size = static_cast<off_t>(file->second.size());
    return 0;
  }
  found->st_mode = S_IFDIR;
  return name.empty() || !names_below(name).empty() ? 0 : fail(ENOENT);
}

std::chrono::nanoseconds slept{0};
int sleeps = 0;
void (*interrupt_sleeper)() = nullptr;

}  // namespace

void set_folder(const Files* files) { folder = files; }

void watch_sleep(void (*interrupt)()) {
  sleeps = 0;
  slept = {};
  interrupt_sleeper = interrupt;
}

}  // namespace fuzz

using namespace fuzz;  // NOLINT(google-build-using-namespace)

extern "C" {

int __real_stat64(const char* path, struct stat64* found);
int __real_lstat64(const char* path, struct stat64* found);
int __real_fstat64(int file, struct stat64* found);
int __real_open64(const char* path, int flags, ...);
ssize_t __real_read(int file, void* room, std::size_t size);
int __real_close(int file);
DIR* __real_opendir(const char* path);
dirent64* __real_readdir64(DIR* directory);
int __real_closedir(DIR* directory);
std::int64_t __real__ZNSt6chrono3_V212steady_clock3nowEv();  // in nanoseconds

int __wrap_stat64(const char* path, struct stat64* found) {
  return is_ours(path) ? look(path, found) : __real_stat64(path, found);
}

int __wrap_lstat64(const char* path, struct stat64* found) {
  return is_ours(path) ? look(path, found) : __real_lstat64(path, found);
}

int __wrap_open64(const char* path, int flags, ...) {
  if (!is_ours(path)) {
    va_list rest;
    va_start(rest, flags);
    const int mode = va_arg(rest, int);
    va_end(rest);
    return __real_open64(path, flags, mode);
  }
  const auto file = folder->find(below(path));
  if (file == folder->end()) return fail(ENOENT);
  reading = {&file->second, 0};
  return kFirstFile;
}

int __wrap_fstat64(int file, struct stat64* found) {
  if (file != kFirstFile) return __real_fstat64(file, found);
  *found = {};
  found->st_mode = S_IFREG;
  found->st_size = static_cast<off_t>(reading.bytes->size());
  return 0;
}

ssize_t __wrap_read(int file, void* room, std::size_t size) {
  if (file != kFirstFile) return __real_read(file, room, size);
  const std::size_t got = std::min(size, reading.bytes->size() - reading.at);
  std::memcpy(room, reading.bytes->data() + reading.at, got);
  reading.at += got;
  return static_cast<ssize_t>(got);
}

int __wrap_close(int file) { return file == kFirstFile ? 0 : __real_close(file); }

DIR* __wrap_opendir(const char* path) {
  if (!is_ours(path)) return __real_opendir(path);
  const auto names = names_below(below(path));
  listing.names.assign(names.begin(), names.end());
  listing.at = 0;
  return reinterpret_cast<DIR*>(&listing);
}

dirent64* __wrap_readdir64(DIR* directory) {
  if (reinterpret_cast<Listing*>(directory) != &listing) return __real_readdir64(directory);
  if (listing.at == listing.names.size()) return nullptr;
  std::strncpy(listing.entry.d_name, listing.names[listing.at++].c_str(),
               sizeof(listing.entry.d_name) - 1);
  return &listing.entry;
}

int __wrap_closedir(DIR* directory) {
  return reinterpret_cast<Listing*>(directory) == &listing ? 0 : __real_closedir(directory);
}

int __wrap_nanosleep(const timespec* asked, timespec*) {
  constexpr int kMost = 100;
  constexpr std::chrono::hours kMonth{24 * 30};  // longer than any busy timeout
  constexpr std::chrono::hours kEnough{24 * 365 * 100};
  slept += std::chrono::seconds(asked->tv_sec) + std::chrono::nanoseconds(asked->tv_nsec);
  if (++sleeps > kMost) {
    if (slept < kEnough) slept += kMonth;
    if (interrupt_sleeper != nullptr) interrupt_sleeper();
  }
  return 0;
}

std::int64_t __wrap__ZNSt6chrono3_V212steady_clock3nowEv() {
  return __real__ZNSt6chrono3_V212steady_clock3nowEv() + slept.count();
}
}
