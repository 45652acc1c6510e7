// SQLite's files in memory: https://sqlite.org/c3ref/vfs.html
#include "fuzz/memory_vfs.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <new>

#include "fuzz/memory_file.h"

namespace fuzz {

namespace {

std::map<std::string, std::shared_ptr<Stored>>& files() {
  static std::map<std::string, std::shared_ptr<Stored>> all;
  return all;
}

Handle& of(sqlite3_file* handle) { return *static_cast<Handle*>(handle); }

int read(sqlite3_file* handle, void* room, int amount, sqlite3_int64 offset) {
  const std::string& bytes = of(handle).stored->bytes;
  const auto at = std::min(static_cast<std::size_t>(offset), bytes.size());
  const auto wanted = static_cast<std::size_t>(amount);
  const std::size_t got = std::min(wanted, bytes.size() - at);
  std::memcpy(room, bytes.data() + at, got);
  std::memset(static_cast<char*>(room) + got, 0, wanted - got);
  return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* handle, const void* from, int amount, sqlite3_int64 offset) {
  // What was damaged may ask for a page far away.
  constexpr std::size_t kLargest = 16 << 20;
  std::string& bytes = of(handle).stored->bytes;
  const auto end = static_cast<std::size_t>(offset + amount);
  if (end > kLargest) return SQLITE_FULL;
  if (end > bytes.size()) bytes.resize(end);
  std::memcpy(bytes.data() + offset, from, static_cast<std::size_t>(amount));
  return SQLITE_OK;
}

int truncate(sqlite3_file* handle, sqlite3_int64 size) {
  std::string& bytes = of(handle).stored->bytes;
  if (static_cast<std::size_t>(size) < bytes.size()) bytes.resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int sync(sqlite3_file*, int) { return SQLITE_OK; }

int size_of(sqlite3_file* handle, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(of(handle).stored->bytes.size());
  return SQLITE_OK;
}

int lock(sqlite3_file* handle, int level) { return of(handle).set_lock(level); }

int unlock(sqlite3_file* handle, int level) { return of(handle).reduce_lock(level); }

int check_reserved_lock(sqlite3_file* handle, int* is_held) {
  const Stored& stored = *of(handle).stored;
  *is_held = stored.reserved != nullptr || stored.pending != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file* handle, int operation, void* argument) {
  switch (operation) {
    case SQLITE_FCNTL_LOCKSTATE:
      *static_cast<int*>(argument) = of(handle).lock;
      return SQLITE_OK;
    case SQLITE_FCNTL_HAS_MOVED:
      *static_cast<int*>(argument) = 0;
      return SQLITE_OK;
    default:
      return SQLITE_NOTFOUND;
  }
}

int sector_size(sqlite3_file*) { return 512; }

int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_region(sqlite3_file* handle, int index, int size, int extend, void volatile** region) {
  Handle& own = of(handle);
  auto& regions = own.stored->regions;
  if (!own.uses_regions) ++own.stored->users_of_regions;
  own.uses_regions = true;
  const auto place = static_cast<std::size_t>(index);
  *region = nullptr;
  if (place >= regions.size() && extend == 0) return SQLITE_OK;
  while (place >= regions.size())
    regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  *region = regions[place].get();
  return SQLITE_OK;
}

int lock_region(sqlite3_file* handle, int first, int count, int flags) {
  return of(handle).set_region_locks(first, count, flags);
}

void barrier(sqlite3_file*) {}

int unmap(sqlite3_file* handle, int) {
  Handle& own = of(handle);
  lock_region(handle, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
  lock_region(handle, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
  if (own.uses_regions && --own.stored->users_of_regions == 0) own.stored->regions.clear();
  own.uses_regions = false;
  return SQLITE_OK;
}

int close(sqlite3_file* handle) {
  unlock(handle, SQLITE_LOCK_NONE);
  unmap(handle, 0);
  of(handle).~Handle();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {2,
                                     close,
                                     read,
                                     write,
                                     truncate,
                                     sync,
                                     size_of,
                                     lock,
                                     unlock,
                                     check_reserved_lock,
                                     file_control,
                                     sector_size,
                                     characteristics,
                                     map_region,
                                     lock_region,
                                     barrier,
                                     unmap,
                                     nullptr,
                                     nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* place, int flags, int* flags_had) {
  place->pMethods = nullptr;
  std::shared_ptr<Stored> stored;
  if (name == nullptr) {
    stored = std::make_shared<Stored>();  // a temporary one
  } else {
    if (!has_file(name) && (flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    file(name);
    stored = files()[name];
  }
  auto* handle = new (place) Handle;
  handle->pMethods = &kMethods;
  handle->stored = std::move(stored);
  if (flags_had != nullptr) *flags_had = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int) {
  return files().erase(name) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access(sqlite3_vfs*, const char* name, int, int* is_there) {
  *is_there = has_file(name) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int room, char* path) {
  sqlite3_snprintf(room, path, *name == '/' ? "%s" : "/memory/%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* bytes) {
  std::memset(bytes, 1, static_cast<std::size_t>(size));
  return size;
}

int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }

int time_in_days(sqlite3_vfs*, double* julian_day) {
  *julian_day = 2460000.5;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

void install_memory_vfs() {
  static sqlite3_vfs vfs{};
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(Handle);
  vfs.mxPathname = 512;
  vfs.zName = "fuzz";
  vfs.xOpen = open;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = randomness;
  vfs.xSleep = sleep;
  vfs.xCurrentTime = time_in_days;
  vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs, 1);
}

void remove_files() { files().clear(); }

std::string& file(const std::string& name) {
  auto& stored = files()[name];
  if (stored == nullptr) stored = std::make_shared<Stored>();
  return stored->bytes;
}

bool has_file(const std::string& name) { return files().contains(name); }

}  // namespace fuzz
