// The rows of the hot cache.
#include "store/hot/rows.h"

#include <utility>

namespace larder {

std::size_t HotRows::Entry::size() const {
  constexpr std::size_t kNodes = 96;  // of the list and the map
  return sizeof(Entry) + kNodes + key.size() + row.size();
}

HotRows::Entry* HotRows::find_current(const HashedKey& key) const {
  const auto found = by_hash_.find(key.hash);
  if (found == by_hash_.end()) return nullptr;
  Entry& entry = *found->second;
  return entry.generation == generation_ && entry.key == key.bytes ? &entry : nullptr;
}

bool HotRows::has(const HashedKey& key) const { return find_current(key) != nullptr; }

const HotRow* HotRows::find(const HashedKey& key) {
  if (is_empty_) return nullptr;
  Entry* entry = find_current(key);
  if (entry == nullptr) return nullptr;
  entry->was_used = true;
  return &entry->row;
}

void HotRows::insert(const HashedKey& key, HotRow row) {
  if (const auto found = by_hash_.find(key.hash); found != by_hash_.end()) {
    replace(*found->second, key, std::move(row));
  } else {
    add(key, std::move(row));
  }
  is_empty_ = false;
  evict();
}

void HotRows::add(const HashedKey& key, HotRow row) {
  entries_.push_front({std::string(key.bytes), key.hash, std::move(row), generation_, false});
  try {
    by_hash_.emplace(key.hash, entries_.begin());
  } catch (...) {
    entries_.pop_front();
    throw;
  }
  bytes_ += entries_.front().size();
}

void HotRows::replace(Entry& entry, const HashedKey& key, HotRow row) {
  const std::size_t old_size = entry.size();
  if (entry.key != key.bytes) entry.key = key.bytes;
  entry.row = std::move(row);
  entry.generation = generation_;
  bytes_ += entry.size() - old_size;
}

void HotRows::remove(const HashedKey& key) {
  const auto found = by_hash_.find(key.hash);
  if (found != by_hash_.end() && found->second->key == key.bytes) erase(found->second);
}

void HotRows::clear() {
  ++generation_;
  is_empty_ = true;
}

void HotRows::set_limit(std::size_t bytes) {
  limit_ = bytes;
  evict();
}

void HotRows::erase(Entries::iterator entry) {
  if (hand_ == entry) hand_ = entry == entries_.begin() ? entries_.end() : std::prev(entry);
  bytes_ -= entry->size();
  by_hash_.erase(entry->hash);
  entries_.erase(entry);
}

void HotRows::evict() {
  while (bytes_ > limit_ && !entries_.empty()) {
    if (hand_ == entries_.end()) hand_ = std::prev(entries_.end());
    const auto entry = hand_;
    if (entry->was_used && entry->generation == generation_) {
      entry->was_used = false;
      hand_ = entry == entries_.begin() ? entries_.end() : std::prev(entry);
    } else {
      erase(entry);
    }
  }
}

}  // namespace larder
