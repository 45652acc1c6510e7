// Which process this is, and where.
#include "os/process.h"

#include "os/windows_path.h"

#ifdef _WIN32
#include <process.h>

#include <cstdlib>
#else
#include <unistd.h>

#include <array>
#endif

namespace larder {

#ifdef _WIN32

std::string host_name() {
  const wchar_t* name = _wgetenv(L"COMPUTERNAME");
  return name != nullptr ? utf8_of(name) : "localhost";
}

int process_id() { return _getpid(); }

#else

std::string host_name() {
  // POSIX promises no NUL after a name that was cut.
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}

int process_id() { return getpid(); }

#endif

}  // namespace larder
