// A VFS over SQLite's own that shows each call to an observer first, which may have it fail. What
// it never does is to wait: not for the disk (xSync) and not for others (xSleep).
#pragma once

#include <sqlite3.h>

namespace support {

enum class Io {
  kOpen,
  kRead,
  kWrite,
  kTruncate,
  kSync,
  kSize,
  kLock,
  kIsReserved,  // the question whether a lock is held
  kMapShared,
  kLockShared,
  kDelete,
  kAccess
};

struct IoCall {
  Io io;
  const char* path;  // of the file; nullptr for a temporary one
  const void* data = nullptr;
  int size = 0;
  sqlite3_int64 offset = 0;  // for kTruncate, the new length
};

class IoObserver {
 public:
  virtual ~IoObserver() = default;
  // The code with which the call fails without being made, or SQLITE_OK.
  virtual int before(const IoCall& call) = 0;
};

// The name of the VFS.
const char* file_shim();

// While it lives, `observer` is shown all that is done through the VFS. One at a time.
class Observed {
 public:
  explicit Observed(IoObserver& observer);
  Observed(const Observed&) = delete;
  Observed& operator=(const Observed&) = delete;
  ~Observed();
};

}  // namespace support
