// Keys and values: the same for both sides, and in every run.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using Keys = std::vector<std::string>;

// The key of a number; those of consecutive numbers are neighbours.
std::string key_of(int number);

// Keys in an order of their own, handed out again and again.
class Deck {
 public:
  explicit Deck(Keys keys) : keys_(std::move(keys)) {}

  const Keys& all() const { return keys_; }

  // The next `count`, none twice while there are as many.
  Keys next(int count);

  // Any `count` of the first `few`, each as likely.
  Keys some_of(int few, int count, std::mt19937& random) const;

 private:
  Keys keys_;
  std::size_t next_ = 0;
};

class Rows {
  std::mt19937 random_{20240229};  // the first: the keys are shuffled by it

 public:
  // `count` keys are stored, with values of `value_size` bytes.
  Rows(int count, std::size_t value_size);

  // Every key that is stored, in the order in which they are: it says nothing about the keys.
  const Keys& all() const { return insertions_; }

  // Stored keys, in another order.
  Deck stored;
  // As many keys that are not stored, and lie between those that are.
  Deck missing;
  // Twice as many of these.
  Deck fresh;

  // A value that differs from the one before in nearly every byte: SQLite does not write a page
  // whose bytes are the same.
  std::string_view value();

  // Between 10 minutes and an hour: stored rows were written at different times.
  std::int64_t ttl();

  std::size_t value_size() const { return letters_.size() / 2; }
  std::mt19937& random() { return random_; }

 private:
  Keys insertions_;
  std::string letters_;  // a value is a part of them
  std::size_t values_ = 0;
};

}  // namespace bench
