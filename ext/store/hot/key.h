// Under which key the hot cache keeps a row.
#pragma once

#include <cstdint>
#include <string_view>

#include "sqlite/value.h"

namespace larder {

struct HashedKey {
  std::string_view bytes;
  std::uint64_t hash;
};

// The key of a row of one of the tables. Built without a call to malloc().
class HotKey {
 public:
  // `table` is a letter for the table that the row is in: each feature that keeps rows has its own.
  HotKey(sqlite3* db, char table, sqlite3_value* key);
  // `key` within a set; nullptr is the one called 'default'.
  HotKey(sqlite3* db, char table, sqlite3_value* set, sqlite3_value* key);
  HotKey(const HotKey&) = delete;
  HotKey& operator=(const HotKey&) = delete;

  // False when the hot cache is of no use: in a transaction, or for a very long key.
  bool is_usable() const { return size_ > 0; }

  HashedKey view() const { return {{bytes_, size_}, hash_}; }

 private:
  void finish();
  void append(std::string_view bytes);
  void append_value(sqlite3_value* value);

  static constexpr std::size_t kMost = 1000;
  char bytes_[kMost];
  std::size_t size_ = 0;
  std::uint64_t hash_ = 0;
  bool fits_ = true;
};

}  // namespace larder
