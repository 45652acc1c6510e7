// Keys and values: the same for both sides, and in every run.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using Keys = std::vector<std::string>;

class Rows {
 public:
  // `count` keys are stored, with values of `value_size` bytes.
  Rows(int count, std::size_t value_size);

  // Every key that is stored, in an order that says nothing about the keys.
  const Keys& all() const { return stored_; }

  // Any `count` of them, each as likely.
  Keys some(int count);

  // `count` keys that are not stored, and lie between those that are.
  Keys missing(int count);

  // The same, and never the same key twice. There are twice as many as stored keys.
  Keys fresh(int count);

  // A value that differs from the one before in nearly every byte: SQLite does not write a page
  // whose bytes are the same.
  std::string_view value();

  // Between 10 minutes and an hour: stored rows were written at different times.
  std::int64_t ttl();

 private:
  std::mt19937 random_{20240229};
  Keys stored_;
  Keys missing_;
  Keys fresh_;
  std::string letters_;  // a value is a part of them
  std::size_t values_ = 0;
};

}  // namespace bench
