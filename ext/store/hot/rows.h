// The rows of the hot cache: a map that is bounded in bytes. It knows nothing of files or
// connections; whether a row may be used as an answer is for hot_cache.h to say.
#pragma once

#include <cstdint>

#include "store/hot/index.h"
#include "store/hot/key.h"
#include "store/hot/row.h"

namespace larder {

// Rows leave by SIEVE (Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024): a hand goes from the
// oldest row to the newest; a row that was used since it last came by stays once more, another
// goes. A hit moves nothing.
class HotRows {
 public:
  HotRows() = default;
  HotRows(const HotRows&) = delete;
  HotRows& operator=(const HotRows&) = delete;
  ~HotRows() { set_limit(0); }

  // The row of `key`, which counts as used; nullptr when there is none.
  const HotRow* find(const HashedKey& key);

  // True when there is a row with that hash, which is hardly ever another key's. That is no use of
  // it.
  bool has(std::uint64_t hash) const { return find_current(hash) != nullptr; }

  // Returns the row; nullptr when it is too large, and then there is none of that key. Throws
  // std::bad_alloc, and then the old one is still there.
  const HotRow* insert(HotRow::Owner row);

  void remove(const HashedKey& key);
  // The same for whatever key has that hash.
  void remove(std::uint64_t hash);

  // All of them. Takes no time: the memory is used again, row by row.
  void clear();

  // True when nothing was inserted since clear().
  bool is_empty() const { return is_empty_; }

  std::size_t count() const { return count_; }

  // How often clear() was called.
  std::uint64_t generation() const { return generation_; }

  // Of memory, that of rows which clear() has removed among it.
  std::size_t bytes() const { return bytes_; }

  std::size_t limit() const { return limit_; }
  void set_limit(std::size_t bytes);

 private:
  static std::size_t size_of(const HotRow& row);

  HotRow* find_current(std::uint64_t hash) const;
  const HotRow* add(HotRow* row);
  void erase(HotRow* row);
  void make_room(std::size_t bytes);

  // The pointers to `row` that its neighbours have, or the end of the order where it has none.
  HotRow*& pointer_of_newer(const HotRow* row);
  HotRow*& pointer_of_older(const HotRow* row);

  std::size_t limit_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t generation_ = 0;
  bool is_empty_ = true;
  std::size_t count_ = 0;
  HotRow* newest_ = nullptr;
  HotRow* oldest_ = nullptr;
  HotRow* hand_ = nullptr;  // nullptr: begins anew, with the oldest
  // By hash alone: of two keys with the same hash the later one takes the place.
  HotIndex index_;
};

}  // namespace larder
