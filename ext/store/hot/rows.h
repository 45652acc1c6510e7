// The rows of the hot cache: a map that is bounded in bytes. It knows nothing of files or
// connections; whether a row may be used as an answer is for hot_cache.h to say.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

#include "store/hot/key.h"
#include "store/hot/row.h"

namespace larder {

// Rows leave by SIEVE (Zhang et al., "SIEVE is Simpler than LRU", NSDI 2024): a hand goes from the
// oldest row to the newest; a row that was used since it last came by stays once more, another
// goes. A hit moves nothing.
class HotRows {
 public:
  // The row of `key`, which counts as used; nullptr when there is none.
  const HotRow* find(const HashedKey& key);

  // True when there is a row of `key`. That is no use of it.
  bool has(const HashedKey& key) const;

  // Throws std::bad_alloc; then there is no row of `key`, or still the old one.
  void insert(const HashedKey& key, HotRow row);

  void remove(const HashedKey& key);

  // All of them. Takes no time: the memory is used again, row by row.
  void clear();

  // True when nothing was inserted since clear().
  bool is_empty() const { return is_empty_; }

  // How often clear() was called.
  std::uint64_t generation() const { return generation_; }

  // Of memory, that of rows which clear() has removed among it.
  std::size_t bytes() const { return bytes_; }

  std::size_t limit() const { return limit_; }
  void set_limit(std::size_t bytes);

 private:
  struct Entry {
    std::string key;
    std::uint64_t hash;
    HotRow row;
    std::uint64_t generation;
    bool was_used;  // since the hand came by
    std::size_t size() const;
  };
  using Entries = std::list<Entry>;

  Entry* find_current(const HashedKey& key) const;
  void add(const HashedKey& key, HotRow row);
  void replace(Entry& entry, const HashedKey& key, HotRow row);
  void erase(Entries::iterator entry);
  void evict();

  std::size_t limit_ = 0;
  std::size_t bytes_ = 0;
  std::uint64_t generation_ = 0;
  bool is_empty_ = true;
  Entries entries_;  // newest first
  Entries::iterator hand_ = entries_.end();
  // By hash alone: of two keys with the same hash the later one takes the place.
  std::unordered_map<std::uint64_t, Entries::iterator> by_hash_;
};

}  // namespace larder
