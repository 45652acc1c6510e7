// The connection's idea of now.
#pragma once

#include <optional>

namespace larder {

class Connection;

// Rounds seconds to the millisecond, the resolution of every time Larder stores.
double round_to_milliseconds(double seconds);

class Clock {
 public:
  explicit Clock(Connection& connection) : connection_(connection) {}
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  // Unix seconds, rounded to the millisecond; the same throughout one call. In a replicated file it
  // is what kv_clock(t) said last (store/replication.h), and the system's clock before that.
  double now();

  // Whether `moment` has come. For one that is seconds away it does without the exact time, which
  // would take a tenth of a hit.
  bool has_come(double moment);

  // A new call begins: time has passed.
  void start_call() {
    read_.reset();
    is_told_ = false;
  }

  // In a replicated file: throws Error when nobody has told it the time, as nothing is written
  // then.
  void check_is_told();

  // This call tells it.
  void tell(double unix_seconds);

  // Stops the clock at `unix_seconds`, or lets it run again where that is empty. For tests and for
  // replaying a log.
  void freeze(std::optional<double> unix_seconds) { frozen_ = unix_seconds; }

 private:
  Connection& connection_;
  std::optional<double> frozen_;
  std::optional<double> read_;  // what the clock said in this call
  bool is_told_ = false;        // and that it was kv_clock(t) which said so
};

}  // namespace larder
