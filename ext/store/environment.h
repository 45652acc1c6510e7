// Switches in the environment of the process.
#pragma once

#include <cstdlib>
#include <string_view>

namespace larder {

// True when the variable `name` is set to anything but nothing and "0".
inline bool environment_says(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' && std::string_view(value) != "0";
}

}  // namespace larder
