// A row as the hot cache keeps it.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "sqlite/function.h"
#include "store/hot/key.h"

namespace larder {

// A value with the moment at which it is dead; or the knowledge that there is none. One block of
// memory holds it with the bytes of the value and of the key behind it. A result that is given out
// is the same bytes: the block goes when the last who shares it lets go, the container or a result.
class HotRow {
 public:
  struct Releaser {
    void operator()(HotRow* row) const noexcept { row->release(); }
  };
  using Owner = std::unique_ptr<HotRow, Releaser>;

  // These throw std::bad_alloc.
  static Owner nothing(const HashedKey& key);
  // nullptr is NULL.
  static Owner make(const HashedKey& key, sqlite3_value* value, std::optional<double> deadline);

  HotRow(const HotRow&) = delete;
  HotRow& operator=(const HotRow&) = delete;

  bool is_nothing() const { return type_ == 0; }
  bool ends_by(double moment) const { return !is_nothing() && deadline_ <= moment; }
  std::optional<double> deadline() const {
    return deadline_ == HUGE_VAL ? std::nullopt : std::optional(deadline_);
  }

  // Makes the value the result of `call`.
  void give(Call& call) const;

  std::uint64_t hash() const { return hash_; }
  bool is_of(const HashedKey& key) const {
    return hash_ == key.hash && key.bytes == std::string_view(bytes() + value_size_ + 1, key_size_);
  }

  // The bytes of memory that it takes.
  std::size_t size() const { return sizeof(HotRow) + value_size_ + 1 + key_size_; }

  // For the container alone: its neighbours in the order of insertion, and what else it notes.
  struct Place {
    HotRow* newer = nullptr;
    HotRow* older = nullptr;
    std::uint64_t generation = 0;
    bool was_used = false;  // since the hand came by
  } place;

 private:
  HotRow(const HashedKey& key, std::string_view value);
  static Owner make(const HashedKey& key, std::string_view value);

  char* bytes() const { return const_cast<char*>(reinterpret_cast<const char*>(this + 1)); }
  char* share() const;
  void release() noexcept;
  static void release_bytes(void* bytes);

  std::uint64_t hash_;
  double deadline_ = -HUGE_VAL;
  union {
    std::int64_t integer_ = 0;
    double real_;
  };
  std::uint32_t value_size_;
  std::uint32_t key_size_;
  // Results are made and released under the mutex of the connection: a plain number will do.
  mutable std::uint32_t shares_ = 1;
  std::uint8_t type_ = 0;  // of SQLite's values; 0 for nothing
  bool is_c_string_ = false;
};

// The bytes of `value` that a row has of its own. nullptr is NULL.
std::size_t hot_row_size(sqlite3_value* value);

// Has them made: SQLite makes those of a zeroblob when they are first asked for, and has the call
// fail when there is no memory for them, whatever the call then does. Throws std::bad_alloc.
void make_bytes(sqlite3_value* value);

}  // namespace larder
