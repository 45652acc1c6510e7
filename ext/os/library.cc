// The library that this code is in.
#include "os/library.h"

#include "os/windows_api.h"

#if defined(__APPLE__)
#include <dlfcn.h>
#endif

namespace larder {

#if defined(SQLITE_CORE)

void stay_loaded() noexcept {}

#elif defined(_WIN32)

void stay_loaded() noexcept {
  HMODULE module = nullptr;
  GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                     reinterpret_cast<const wchar_t*>(&stay_loaded), &module);
}

#elif defined(__APPLE__)

void stay_loaded() noexcept {
  Dl_info found{};
  if (dladdr(reinterpret_cast<const void*>(&stay_loaded), &found) != 0)
    dlopen(found.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

#else  // ELF: it is linked with -z nodelete

void stay_loaded() noexcept {}

#endif

}  // namespace larder
