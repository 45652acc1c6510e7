// Which keys were asked for lately: a row is worth keeping when its key is asked for twice.
#pragma once

#include <cstdint>
#include <vector>

namespace larder {

// While other connections commit all the time, the rows in memory are thrown away as often, and
// hardly any key is asked for twice in between: then none is copied for nothing.
class Interest {
 public:
  // Whether a key with that hash was asked for since the rows were last thrown away (`generation`),
  // as far as it is known: of many keys the latest are. It is asked for now.
  bool ask(std::uint64_t hash, std::uint64_t generation);

 private:
  // A trace is the half of a hash that does not say where it is, and of which generation.
  std::vector<std::uint32_t> traces_;
};

}  // namespace larder
