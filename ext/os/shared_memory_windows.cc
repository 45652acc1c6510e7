// Memory that processes share: Windows goes without.
#include "os/shared_memory.h"

#ifdef _WIN32

namespace larder {

std::shared_ptr<SharedMemory> SharedMemory::of_file(const char*, std::string_view, std::size_t,
                                                    Open) {
  return nullptr;
}

bool SharedMemory::is_there() const { return false; }

SharedMemory::~SharedMemory() = default;

}  // namespace larder
#endif
