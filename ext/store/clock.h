// The connection's idea of now.
#pragma once

#include <optional>

namespace larder {

// Rounds seconds to the millisecond, the resolution of every time Larder stores.
double round_to_milliseconds(double seconds);

class Clock {
 public:
  // Unix seconds, rounded to the millisecond; the same throughout one call.
  double now();

  // Whether `moment` has come. For one that is seconds away it does without the exact time, which
  // would take a tenth of a hit.
  bool has_come(double moment);

  // A new call begins: time has passed.
  void start_call() { read_.reset(); }

  // Stops the clock at `unix_seconds`; nothing lets it run again. For tests and for replaying a
  // log.
  void freeze(std::optional<double> unix_seconds) { frozen_ = unix_seconds; }

 private:
  std::optional<double> frozen_;
  std::optional<double> read_;  // what the system clock said in this call
};

}  // namespace larder
