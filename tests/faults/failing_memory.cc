// SQLite's allocator, wrapped so that the n-th allocation fails.
#include "faults/failing_memory.h"

#include <utility>

namespace support {

namespace {

sqlite3_mem_methods real;
long countdown = -1;    // allocations until the failure; negative: none fails
bool for_good = false;  // what follows the failure fails too
bool failed = false;

bool fails() {
  if (countdown < 0) return false;
  if (countdown > 0) {
    --countdown;
    return false;
  }
  failed = true;
  if (!for_good) countdown = -1;
  return true;
}

void* allocate(int size) { return fails() ? nullptr : real.xMalloc(size); }
void* reallocate(void* memory, int size) { return fails() ? nullptr : real.xRealloc(memory, size); }

// SQLite takes an allocator only before it is first used: so before main().
const bool is_installed = [] {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK) return false;
  sqlite3_mem_methods mine = real;
  mine.xMalloc = allocate;
  mine.xRealloc = reallocate;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) == SQLITE_OK;
}();

}  // namespace

bool memory_can_fail() { return is_installed; }

Failure::Failure(long allocations, bool persistent) {
  failed = false;
  for_good = persistent;
  countdown = allocations;
}

bool Failure::met() const { return failed; }

void Failure::end() { countdown = -1; }

Pause::Pause() : countdown_(std::exchange(countdown, -1)) {}

Pause::~Pause() { countdown = countdown_; }

}  // namespace support
