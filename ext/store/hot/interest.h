// Which keys were asked for lately: a row is worth keeping when its key is asked for twice.
#pragma once

#include <cstdint>
#include <vector>

namespace larder {

// While other connections commit all the time, the rows in memory are thrown away as often, and
// hardly any key is asked for twice in between: then none is copied for nothing.
class Interest {
 public:
  // True when a key with that hash was asked for since the rows were last thrown away, which is
  // when `generation` changes. Only the latest keys are remembered. Notes that this one is asked
  // for.
  bool ask(std::uint64_t hash, std::uint64_t generation);

 private:
  // A trace is the upper half of a hash plus the generation. The lower half chooses its place.
  std::vector<std::uint32_t> traces_;
};

}  // namespace larder
