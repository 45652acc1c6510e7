// The library that this code is in.
#pragma once

namespace larder {

// From now on it is not unloaded. SQLite unloads an extension whose entry point fails, while the
// functions that it had registered until then still lead into it.
void stay_loaded() noexcept;

}  // namespace larder
