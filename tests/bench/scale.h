// How much is measured.
#pragma once

#include <cstddef>
#include <string_view>

#include "bench/side.h"

namespace bench {

struct Scale {
  int keys;
  int rounds;          // even, so that each side goes first as often as the other
  int rounds_of_bulk;  // of what takes seconds
  int divisor;         // of the operations in a round
  int most_rows;       // in workload 12
  int ids;             // in workload 17
};
inline constexpr Scale kFull{100000, 10, 4, 1, 10000000, 1000000};
inline constexpr Scale kQuick{20000, 4, 2, 4, 100000, 100000};

inline constexpr int kFew = 2000;  // keys that are hot

// Bytes of a value.
inline constexpr std::size_t kSmall = 100;
inline constexpr std::size_t kLarge = 4096;

// What is asked for: all when `wanted` is empty; "9" is also "9a".
inline bool is_wanted(std::string_view id, std::string_view wanted) {
  if (wanted.empty() || id == wanted) return true;
  return id.starts_with(wanted) && id.size() == wanted.size() + 1 && id.back() >= 'a';
}

// Calls run(kind) for both sides; which goes first changes from round to round.
template <class Run>
void take_turns(int round, Run&& run) {
  const bool larder_first = round % 2 == 0;
  run(larder_first ? Kind::kLarder : Kind::kHand);
  run(larder_first ? Kind::kHand : Kind::kLarder);
}

}  // namespace bench
