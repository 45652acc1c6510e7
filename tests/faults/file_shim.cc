// A VFS over SQLite's own that shows each call to an observer first.
#include "faults/file_shim.h"

namespace support {

namespace {

constexpr char kName[] = "larder-file-shim";

IoObserver* observer = nullptr;

// SQLite's own file lies behind it, in the memory that SQLite has set aside.
struct ShimFile {
  sqlite3_file base;
  const char* path;
};

sqlite3_vfs* real_vfs() {
  static sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  return real;
}

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<ShimFile*>(file) + 1);
}

int ask(const IoCall& call) { return observer ? observer->before(call) : SQLITE_OK; }

int ask(Io io, sqlite3_file* file) { return ask({io, reinterpret_cast<ShimFile*>(file)->path}); }

// Shows the call, and makes it if it may be made.
template <class Call>
int shown(Io io, sqlite3_file* file, Call&& call) {
  const int rc = ask(io, file);
  return rc == SQLITE_OK ? call(real(file)->pMethods, real(file)) : rc;
}

using Methods = const sqlite3_io_methods*;

int close_file(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }

int read(sqlite3_file* file, void* data, int size, sqlite3_int64 offset) {
  return shown(Io::kRead, file,
               [&](Methods m, sqlite3_file* f) { return m->xRead(f, data, size, offset); });
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  const int rc = ask({Io::kWrite, reinterpret_cast<ShimFile*>(file)->path, data, size, offset});
  return rc == SQLITE_OK ? real(file)->pMethods->xWrite(real(file), data, size, offset) : rc;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int rc = ask({Io::kTruncate, reinterpret_cast<ShimFile*>(file)->path, nullptr, 0, size});
  return rc == SQLITE_OK ? real(file)->pMethods->xTruncate(real(file), size) : rc;
}

int sync(sqlite3_file* file, int) { return ask(Io::kSync, file); }

int size_of(sqlite3_file* file, sqlite3_int64* size) {
  return shown(Io::kSize, file, [&](Methods m, sqlite3_file* f) { return m->xFileSize(f, size); });
}

int lock(sqlite3_file* file, int level) {
  return shown(Io::kLock, file, [&](Methods m, sqlite3_file* f) { return m->xLock(f, level); });
}

int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}

int is_reserved(sqlite3_file* file, int* result) {
  return shown(Io::kIsReserved, file,
               [&](Methods m, sqlite3_file* f) { return m->xCheckReservedLock(f, result); });
}

int control(sqlite3_file* file, int what, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), what, argument);
}

int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }

int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int map_shared(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return shown(Io::kMapShared, file, [&](Methods m, sqlite3_file* f) {
    return m->xShmMap(f, page, size, extend, memory);
  });
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  const auto call = [&](Methods m, sqlite3_file* f) {
    return m->xShmLock(f, offset, count, flags);
  };
  if ((flags & SQLITE_SHM_UNLOCK) != 0) return call(real(file)->pMethods, real(file));
  return shown(Io::kLockShared, file, call);
}

void barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }

int unmap_shared(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods = {2,
                                         close_file,
                                         read,
                                         write,
                                         truncate,
                                         sync,
                                         size_of,
                                         lock,
                                         unlock,
                                         is_reserved,
                                         control,
                                         sector_size,
                                         characteristics,
                                         map_shared,
                                         lock_shared,
                                         barrier,
                                         unmap_shared,
                                         nullptr,
                                         nullptr};

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out) {
  auto* shim = reinterpret_cast<ShimFile*>(file);
  shim->base.pMethods = nullptr;
  shim->path = path;
  int rc = ask({Io::kOpen, path});
  if (rc != SQLITE_OK) return rc;
  rc = real_vfs()->xOpen(real_vfs(), path, real(file), flags, out);
  if (rc == SQLITE_OK) shim->base.pMethods = &kMethods;
  return rc;
}

int delete_file(sqlite3_vfs*, const char* path, int syncs_folder) {
  const int rc = ask({Io::kDelete, path, nullptr, syncs_folder});
  return rc == SQLITE_OK ? real_vfs()->xDelete(real_vfs(), path, 0) : rc;
}

int access_file(sqlite3_vfs*, const char* path, int flags, int* result) {
  const int rc = ask({Io::kAccess, path});
  return rc == SQLITE_OK ? real_vfs()->xAccess(real_vfs(), path, flags, result) : rc;
}

int sleep_no_time(sqlite3_vfs*, int microseconds) { return microseconds; }

sqlite3_vfs make_shim() {
  sqlite3_vfs shim = *real_vfs();
  shim.iVersion = 2;  // what else there is, SQLite's own does: it looks at no field of this one
  shim.szOsFile = static_cast<int>(sizeof(ShimFile)) + real_vfs()->szOsFile;
  shim.pNext = nullptr;
  shim.zName = kName;
  shim.xOpen = open_file;
  shim.xDelete = delete_file;
  shim.xAccess = access_file;
  shim.xSleep = sleep_no_time;
  return shim;
}

}  // namespace

const char* file_shim() {
  static sqlite3_vfs shim = make_shim();
  static const bool is_registered = sqlite3_vfs_register(&shim, 0) == SQLITE_OK;
  return is_registered ? kName : "no such VFS";
}

Observed::Observed(IoObserver& shown_to) { observer = &shown_to; }

Observed::~Observed() { observer = nullptr; }

}  // namespace support
