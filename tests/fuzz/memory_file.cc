// Locks of a file of the memory VFS.
#include "fuzz/memory_file.h"

namespace fuzz {

int Handle::reduce_lock(int level) {
  if (level >= lock) return SQLITE_OK;
  if (stored->reserved == this) stored->reserved = nullptr;
  if (stored->pending == this) stored->pending = nullptr;
  if (level == SQLITE_LOCK_NONE) --stored->readers;
  lock = level;
  return SQLITE_OK;
}

int Handle::set_lock(int level) {
  if (level <= lock) return SQLITE_OK;
  const auto is_others = [&](const Handle* holder) { return holder != nullptr && holder != this; };
  if (is_others(stored->pending)) return SQLITE_BUSY;
  if (level > SQLITE_LOCK_SHARED && is_others(stored->reserved)) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_SHARED) ++stored->readers;
  if (level == SQLITE_LOCK_RESERVED) stored->reserved = this;
  if (level > SQLITE_LOCK_RESERVED) {
    stored->pending = this;
    lock = SQLITE_LOCK_PENDING;
    if (stored->readers > 1) return SQLITE_BUSY;
  }
  lock = level;
  return SQLITE_OK;
}

int Handle::set_region_locks(int first, int count, int flags) {
  const bool is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const bool is_unlock = (flags & SQLITE_SHM_UNLOCK) != 0;
  for (int i = first; !is_unlock && i < first + count; ++i) {
    const bool is_held = stored->holding[i] != nullptr && stored->holding[i] != this;
    const bool is_shared = stored->sharing[i] > (shares[i] ? 1 : 0);
    if (is_held || (is_exclusive && is_shared)) return SQLITE_BUSY;
  }
  for (int i = first; i < first + count; ++i) {
    if (is_exclusive) {
      if (is_unlock == (stored->holding[i] == this))
        stored->holding[i] = is_unlock ? nullptr : this;
    } else if (shares[i] == is_unlock) {
      shares[i] = !is_unlock;
      stored->sharing[i] += is_unlock ? -1 : 1;
    }
  }
  return SQLITE_OK;
}

}  // namespace fuzz
