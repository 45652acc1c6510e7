// Where the rows of the hot cache are found by the hash of their key.
#include "store/hot/index.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace larder {

void HotIndex::put(HotRow* row) {
  slots_[place_of(row->hash())] = {row->hash(), row};
  ++count_;
}

// Half of the slots are free, or searches get long; when it is more than seven eighths, rows have
// become few and the memory is given back.
void HotIndex::reserve() {
  constexpr std::size_t kLeast = 64;
  const std::size_t count = count_ + 1;
  if (2 * count <= slots_.size() && (8 * count >= slots_.size() || slots_.size() == kLeast)) return;
  std::vector<Slot> old(std::max(std::bit_ceil(2 * count + 1), kLeast));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.row != nullptr) slots_[place_of(slot.hash)] = slot;
  }
}

// No gap may stand between a row and where the search for it begins: those behind move up.
void HotIndex::erase(std::uint64_t hash) {
  std::size_t gap = place_of(hash);
  for (std::size_t place = next(gap); slots_[place].row != nullptr; place = next(place)) {
    const std::uint64_t other = slots_[place].hash;
    if (distance(other, place) < distance(other, gap)) continue;
    slots_[gap] = slots_[place];
    gap = place;
  }
  slots_[gap] = Slot();
  --count_;
}

}  // namespace larder
