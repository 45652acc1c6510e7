// The arithmetic of rate limits: the generic cell rate algorithm (GCRA), in whole numbers.
#include "rate/pace.h"

#include <limits>
#include <numeric>

#include "sqlite/error.h"

namespace larder {

Pace::Pace(std::int64_t limit, std::int64_t milliseconds) : period_(milliseconds) {
  const std::int64_t divisor = std::gcd(limit, milliseconds);
  units_ = limit / divisor;
  milliseconds_ = milliseconds / divisor;
  if (limit > (std::numeric_limits<std::int64_t>::max() - units_) / milliseconds_)
    throw Error("limit is too great for so long a period; count in larger units");
}

PaidOff Pace::after(PaidOff paid_off, std::int64_t cost, std::int64_t now) const {
  if (paid_off.milliseconds <= now) paid_off = {now, 0};
  const std::int64_t parts = cost * milliseconds_ - paid_off.parts;
  const std::int64_t rounded_up = (parts + units_ - 1) / units_;
  return {paid_off.milliseconds + rounded_up, rounded_up * units_ - parts};
}

}  // namespace larder
