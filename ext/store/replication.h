// A replicated file: an engine runs the same statements on every copy of it, and each copy must
// come to the same bytes. So what differs from one machine to the next must not get into the file:
// the system's clock, chance, names of processes, what a connection remembers, pragmas.
//
// kv_config('replicated', 1) says in the file that it is one. Schema::is_replicated() tells, and
// whoever would use one of these asks there first. Time is then what the latest kv_clock(t) said.
#pragma once

#include <cstdint>
#include <optional>

#include "store/settings.h"

namespace larder {

// Listed by kv, as the store is no feature.
extern const Setting kReplicated;

// What the latest kv_clock(t) of any connection said; nothing before the first. Needs larder_meta.
std::optional<double> replicated_time(Connection& connection);

// Moves that time on to `t`, or leaves it where it is when it is later already: time never goes
// back. Needs a WriteScope.
void advance_replicated_time(Connection& connection, double t);

// For a choice that may be any, but the same on every machine.
class Draw {
 public:
  // `key` may be nullptr.
  Draw(double time, sqlite3_value* key);

  std::uint64_t next();

 private:
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

}  // namespace larder
