// Which keys were asked for lately.
#include "store/hot/interest.h"

#include <algorithm>

namespace larder {

bool Interest::ask(std::uint64_t hash, std::uint64_t generation) {
  constexpr std::size_t kSets = 8192;  // in all as many traces as small rows fit into hot.bytes
  constexpr std::size_t kPlaces = 4;   // of a set, the latest first
  if (traces_.empty()) traces_.resize(kSets * kPlaces);
  const auto trace = static_cast<std::uint32_t>((hash >> 32) + generation);
  const auto first = traces_.begin() + static_cast<std::ptrdiff_t>(hash % kSets * kPlaces);
  const auto last = first + kPlaces;
  if (std::find(first, last, trace) != last) return true;
  std::copy_backward(first, last - 1, last);
  *first = trace;
  return false;
}

}  // namespace larder
