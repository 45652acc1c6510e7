// How long somebody else has to wait while something large is done.
#pragma once

#include <functional>
#include <string>

#include "bench/side.h"

namespace bench {

// Opens the file at `path` in a process of its own and runs `work` there, while another process
// writes a thousand times a second into the same file. Returns the longest that this one waited for
// the lock, in ms.
double longest_wait_during(const std::function<void(Side&)>& work, Kind kind,
                           const std::string& path, const std::string& extension);

}  // namespace bench
