// Where the rows of the hot cache are found by the hash of their key.
#pragma once

#include <cstdint>
#include <vector>

#include "store/hot/row.h"

namespace larder {

// A table of open addressing with linear probing: a search reads one or two neighbouring slots, and
// touches no row but the one it finds. Of each hash there is one row at most.
class HotIndex {
 public:
  // What one row takes of the table: between two slots and eight.
  static constexpr std::size_t kRowBytes = 64;

  // nullptr when there is none.
  HotRow* find(std::uint64_t hash) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[place_of(hash)];
    return slot.row;
  }

  // Adds `row`, whose hash no other may have. Only after reserve().
  void put(HotRow* row);

  // Room for one more. Throws std::bad_alloc.
  void reserve();

  // That row must be there.
  void erase(std::uint64_t hash);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    HotRow* row = nullptr;  // nullptr: a free slot
  };

  std::size_t next(std::size_t place) const { return (place + 1) & (slots_.size() - 1); }
  // How far it is from where a search for `hash` begins.
  std::size_t distance(std::uint64_t hash, std::size_t place) const {
    return (place - hash) & (slots_.size() - 1);
  }
  // The slot of `hash`, or the free one where it would be.
  std::size_t place_of(std::uint64_t hash) const {
    std::size_t place = hash & (slots_.size() - 1);
    while (slots_[place].row != nullptr && slots_[place].hash != hash) place = next(place);
    return place;
  }

  std::vector<Slot> slots_;  // a power of two
  std::size_t count_ = 0;
};

}  // namespace larder
