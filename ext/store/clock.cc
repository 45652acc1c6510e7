// The connection's idea of now.
#include "store/clock.h"

#include <chrono>
#include <cmath>
#include <ctime>

#include "store/connection.h"
#include "store/replication.h"

namespace larder {

double round_to_milliseconds(double seconds) {
  // Above 2^53 ms a double has no milliseconds left to round, and the product could overflow.
  constexpr double kExact = 9007199254740.992;
  return std::fabs(seconds) < kExact ? std::round(seconds * 1000.0) / 1000.0 : seconds;
}

namespace {

double system_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(since_epoch).count();
  return static_cast<double>(milliseconds) / 1000.0;
}

}  // namespace

double Clock::now() {
  if (read_) return *read_;
  if (connection_.schema().is_replicated()) {
    read_ = replicated_time(connection_);
    is_told_ = read_.has_value();
  } else if (frozen_) {
    return *frozen_;
  }
  if (!read_) read_ = system_now();
  return *read_;
}

void Clock::check_is_told() {
  now();
  if (!is_told_)
    throw Error("this file is replicated and is not told the time: call kv_clock(t) first");
}

void Clock::tell(double unix_seconds) {
  read_ = unix_seconds;
  is_told_ = true;
}

bool Clock::has_come(double moment) {
  constexpr double kFar = 2;  // seconds: time() says whole ones, some milliseconds late
  if (!frozen_ && !read_ && !connection_.schema().is_replicated() &&
      moment > static_cast<double>(std::time(nullptr)) + kFar)
    return false;
  return moment <= now();
}

}  // namespace larder
