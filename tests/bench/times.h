// Looking at the clock, and what is made of it.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ratio>
#include <utility>
#include <vector>

namespace bench {

using Clock = std::chrono::steady_clock;

inline constexpr std::int64_t kHour = 3600;  // seconds

inline double microseconds_since(Clock::time_point began) {
  return std::chrono::duration<double, std::micro>(Clock::now() - began).count();
}
inline double milliseconds_since(Clock::time_point began) {
  return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}
inline double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

// At least a share `part` of the numbers, of which there must be one, is no greater than this.
inline double quantile_of(std::vector<double> numbers, double part) {
  const auto last = static_cast<double>(numbers.size() - 1);
  const auto place = numbers.begin() + static_cast<std::ptrdiff_t>(part * last + 0.5);
  std::nth_element(numbers.begin(), place, numbers.end());
  return *place;
}
inline double median_of(std::vector<double> numbers) {
  return quantile_of(std::move(numbers), 0.5);
}

}  // namespace bench
