// The rows of the hot cache.
#include "store/hot/rows.h"

namespace larder {

std::size_t HotRows::size_of(const HotRow& row) {
  constexpr std::size_t kOfMalloc = 16;
  return row.size() + kOfMalloc + HotIndex::kRowBytes;
}

HotRow* HotRows::find_current(std::uint64_t hash) const {
  HotRow* row = index_.find(hash);
  return row != nullptr && row->place.generation == generation_ ? row : nullptr;
}

const HotRow* HotRows::find(const HashedKey& key) {
  HotRow* row = find_current(key.hash);
  if (row == nullptr || !row->is_of(key)) return nullptr;
  row->place.was_used = true;
  return row;
}

const HotRow* HotRows::insert(HotRow::Owner row) {
  index_.reserve();
  if (HotRow* old = index_.find(row->hash())) erase(old);
  make_room(size_of(*row));
  if (bytes_ + size_of(*row) > limit_) return nullptr;
  is_empty_ = false;
  return add(row.release());
}

HotRow*& HotRows::pointer_of_newer(const HotRow* row) {
  return row->place.newer != nullptr ? row->place.newer->place.older : newest_;
}

HotRow*& HotRows::pointer_of_older(const HotRow* row) {
  return row->place.older != nullptr ? row->place.older->place.newer : oldest_;
}

const HotRow* HotRows::add(HotRow* row) {
  row->place.generation = generation_;
  row->place.older = newest_;
  pointer_of_newer(row) = row;
  pointer_of_older(row) = row;
  index_.put(row);
  bytes_ += size_of(*row);
  ++count_;
  return row;
}

void HotRows::remove(const HashedKey& key) {
  HotRow* row = index_.find(key.hash);
  if (row != nullptr && row->is_of(key)) erase(row);
}

void HotRows::remove(std::uint64_t hash) {
  if (HotRow* row = index_.find(hash)) erase(row);
}

void HotRows::clear() {
  ++generation_;
  is_empty_ = true;
  count_ = 0;
}

void HotRows::set_limit(std::size_t bytes) {
  limit_ = bytes;
  make_room(0);
}

void HotRows::erase(HotRow* row) {
  if (hand_ == row) hand_ = row->place.newer;
  pointer_of_newer(row) = row->place.older;
  pointer_of_older(row) = row->place.newer;
  index_.erase(row->hash());
  bytes_ -= size_of(*row);
  if (row->place.generation == generation_) --count_;
  HotRow::Releaser()(row);
}

void HotRows::make_room(std::size_t bytes) {
  while (bytes_ + bytes > limit_ && oldest_ != nullptr) {
    if (hand_ == nullptr) hand_ = oldest_;
    HotRow* row = hand_;
    if (row->place.was_used && row->place.generation == generation_) {
      row->place.was_used = false;
      hand_ = row->place.newer;
    } else {
      erase(row);
    }
  }
}

}  // namespace larder
