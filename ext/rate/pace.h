// The arithmetic of rate limits: the generic cell rate algorithm (GCRA), in whole numbers.
#pragma once

#include <cstdint>

namespace larder {

// When everything that was taken is paid off: `milliseconds` since 1970, rounded up by `parts` of
// a pace's units().
struct PaidOff {
  std::int64_t milliseconds;
  std::int64_t parts;
};

// `limit` units each period of `milliseconds`. One unit is paid off in milliseconds() / units() ms,
// which is the same fraction in lowest terms.
class Pace {
 public:
  // Both are more than 0. Throws Error when their product does not fit.
  Pace(std::int64_t limit, std::int64_t milliseconds);

  std::int64_t units() const { return units_; }

  // After `cost` units more, at most `limit`, are taken at `now`.
  PaidOff after(PaidOff paid_off, std::int64_t cost, std::int64_t now) const;

  // How many milliseconds are too long to be paid off from `now` on: more than 0 when it is more
  // than a whole period.
  std::int64_t excess(PaidOff paid_off, std::int64_t now) const {
    return paid_off.milliseconds - now - period_;
  }

 private:
  std::int64_t period_;
  std::int64_t units_;
  std::int64_t milliseconds_;
};

}  // namespace larder
