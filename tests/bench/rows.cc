// Keys and values.
#include "bench/rows.h"

#include <algorithm>
#include <cstdio>

namespace bench {

namespace {

// Of four numbers one is stored, one is missing and two are fresh.
Keys keys_at(int count, int place, std::mt19937& random) {
  Keys keys;
  keys.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) keys.push_back(key_of(4 * i + place));
  std::shuffle(keys.begin(), keys.end(), random);
  return keys;
}

Keys fresh_keys(int count, std::mt19937& random) {
  Keys keys = keys_at(count, 1, random);
  for (std::string& key : keys_at(count, 3, random)) keys.push_back(std::move(key));
  return keys;
}

}  // namespace

std::string key_of(int number) {
  char text[16];
  std::snprintf(text, sizeof text, "user:%08d", number);
  return text;
}

Keys Deck::next(int count) {
  Keys keys;
  keys.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) keys.push_back(keys_[next_++ % keys_.size()]);
  return keys;
}

Keys Deck::some_of(int few, int count, std::mt19937& random) const {
  Keys keys;
  keys.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) keys.push_back(keys_[random() % static_cast<unsigned>(few)]);
  return keys;
}

Rows::Rows(int count, std::size_t value_size)
    : stored(keys_at(count, 0, random_)),
      missing(keys_at(count, 2, random_)),
      fresh(fresh_keys(count, random_)),
      insertions_(stored.all()) {
  std::shuffle(insertions_.begin(), insertions_.end(), random_);
  while (letters_.size() < 2 * value_size)
    letters_.push_back(static_cast<char>('a' + random_() % 26));
}

std::string_view Rows::value() {
  const std::size_t size = value_size();
  return std::string_view(letters_).substr(++values_ % size, size);
}

std::int64_t Rows::ttl() { return 600 + static_cast<std::int64_t>(random_() % 3000); }

}  // namespace bench
