// SQLite's allocator, wrapped so that the n-th allocation fails.
#pragma once

#include "support/database.h"

namespace support {

// False when the wrapper could not be installed.
bool memory_can_fail();

// While it lives, the allocation after `allocations` more fails; `persistent`: all that follow,
// too. A negative number lets none fail. One at a time.
class Failure {
 public:
  explicit Failure(long allocations, bool persistent = false);
  Failure(const Failure&) = delete;
  Failure& operator=(const Failure&) = delete;
  ~Failure() { end(); }

  // True when it has come to that.
  bool met() const;
  void end();
};

// While it lives, no allocation fails, and none is counted.
class Pause {
 public:
  Pause();
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;
  ~Pause();

 private:
  long countdown_;
};

// Without the lookaside buffer every allocation comes to us.
inline void without_lookaside(Database& db) {
  ASSERT_EQ(sqlite3_db_config(db.get(), SQLITE_DBCONFIG_LOOKASIDE, nullptr, 0, 0), SQLITE_OK);
}

}  // namespace support
