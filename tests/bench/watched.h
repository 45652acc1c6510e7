// How long somebody else has to wait while something large is done.
#pragma once

#include <functional>
#include <string>

namespace bench {

// Runs work() in a process of its own, which opens the file itself, while another process writes a
// thousand times a second into the same file. Returns the longest that this one waited for the
// lock, in ms. `work` calls wait_for_the_others() once, when it is ready.
double longest_wait_during(const std::function<void()>& work, const std::string& path);

}  // namespace bench
