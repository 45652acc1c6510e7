// Keys and values.
#include "bench/rows.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace bench {

namespace {

std::string key_of(int number) {
  char text[16];
  std::snprintf(text, sizeof text, "user:%08d", number);
  return text;
}

}  // namespace

// Of four numbers one is stored, one is missing and two are fresh.
Rows::Rows(int count, std::size_t value_size) {
  for (int i = 0; i < count; ++i) {
    stored_.push_back(key_of(4 * i));
    fresh_.push_back(key_of(4 * i + 1));
    missing_.push_back(key_of(4 * i + 2));
    fresh_.push_back(key_of(4 * i + 3));
  }
  for (Keys* keys : {&stored_, &missing_, &fresh_})
    std::shuffle(keys->begin(), keys->end(), random_);
  while (letters_.size() < 2 * value_size)
    letters_.push_back(static_cast<char>('a' + random_() % 26));
}

Keys Rows::some(int count) {
  Keys keys;
  for (int i = 0; i < count; ++i) keys.push_back(stored_[random_() % stored_.size()]);
  return keys;
}

Keys Rows::missing(int count) {
  Keys keys;
  for (int i = 0; i < count; ++i) keys.push_back(missing_[random_() % missing_.size()]);
  return keys;
}

Keys Rows::fresh(int count) {
  const auto n = static_cast<std::ptrdiff_t>(count);
  if (fresh_.size() < static_cast<std::size_t>(count))
    throw std::runtime_error("out of fresh keys");
  Keys keys(fresh_.end() - n, fresh_.end());
  fresh_.erase(fresh_.end() - n, fresh_.end());
  return keys;
}

std::string_view Rows::value() {
  const std::size_t size = letters_.size() / 2;
  return std::string_view(letters_).substr(++values_ % size, size);
}

std::int64_t Rows::ttl() { return 600 + static_cast<std::int64_t>(random_() % 3000); }

}  // namespace bench
