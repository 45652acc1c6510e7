// The ttl of a call.
#pragma once

#include <optional>

#include "store/duration.h"
#include "store/settings.h"

namespace larder {

// How long an entry lives for which no ttl is given. Every write reads it.
inline constexpr Setting kDefaultTtl{"cache.default_ttl", Setting::Kind::kDuration};

// A ttl that was given, or that was left out: then it is the setting cache.default_ttl.
class Ttl {
 public:
  // Reads the argument at once, so that a bad one is refused before the file is touched. nullptr is
  // one that was left out. Throws Error.
  explicit Ttl(sqlite3_value* argument) {
    if (argument != nullptr) given_ = lifetime_of(argument, "ttl");
  }

  // In the database of `connection`. Throws Error when its setting cannot be read.
  Lifetime lifetime(Connection& connection) const {
    return given_ ? *given_ : lifetime_setting(connection, kDefaultTtl);
  }

 private:
  std::optional<Lifetime> given_;
};

}  // namespace larder
