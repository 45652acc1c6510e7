// The connection's idea of now.
#include "store/clock.h"

#include <chrono>
#include <cmath>
#include <ctime>

namespace larder {

double round_to_milliseconds(double seconds) {
  // Above 2^53 ms a double has no milliseconds left to round, and the product could overflow.
  constexpr double kExact = 9007199254740.992;
  return std::fabs(seconds) < kExact ? std::round(seconds * 1000.0) / 1000.0 : seconds;
}

double Clock::now() {
  if (frozen_) return *frozen_;
  if (!read_) {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(since_epoch).count();
    read_ = static_cast<double>(milliseconds) / 1000.0;
  }
  return *read_;
}

bool Clock::has_come(double moment) {
  constexpr double kFar = 2;  // seconds: time() says whole ones, some milliseconds late
  if (!frozen_ && !read_ && moment > static_cast<double>(std::time(nullptr)) + kFar) return false;
  return moment <= now();
}

}  // namespace larder
