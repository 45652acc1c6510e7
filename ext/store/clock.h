// The connection's idea of now.
#pragma once

#include <optional>

namespace larder {

// Rounds seconds to the millisecond, the resolution of every time Larder stores.
double round_to_milliseconds(double seconds);

class Clock {
 public:
  // Unix seconds, rounded to the millisecond.
  double now() const;

  // Stops the clock at `unix_seconds`; nothing lets it run again. For tests and for replaying a
  // log.
  void freeze(std::optional<double> unix_seconds) { frozen_ = unix_seconds; }

 private:
  std::optional<double> frozen_;
};

}  // namespace larder
