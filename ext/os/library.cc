// The library that this code is in.
#include "os/library.h"

#if defined(__APPLE__)
#include <dlfcn.h>
#endif

namespace larder {

#if defined(SQLITE_CORE)

void stay_loaded() noexcept {}

#elif defined(_WIN32)

// https://learn.microsoft.com/windows/win32/api/libloaderapi/nf-libloaderapi-getmodulehandleexw
// (<windows.h> would bring hundreds of macros.)
extern "C" __declspec(dllimport) int __stdcall GetModuleHandleExW(unsigned long flags,
                                                                  const wchar_t* address,
                                                                  void** module);

void stay_loaded() noexcept {
  constexpr unsigned long kPinModuleOfAddress = 0x1 | 0x4;
  void* module = nullptr;
  GetModuleHandleExW(kPinModuleOfAddress, reinterpret_cast<const wchar_t*>(&stay_loaded), &module);
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
