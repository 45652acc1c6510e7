// What each compiler has a word of its own for.
#pragma once

#include <atomic>
#include <cstdint>

// A function that whoever loads this library finds by its name. All others are hidden:
// -fvisibility=hidden.
#if defined(SQLITE_CORE)
#define LARDER_EXPORT extern "C"
#elif defined(_WIN32)
#define LARDER_EXPORT extern "C" __declspec(dllexport)
#else
#define LARDER_EXPORT extern "C" __attribute__((visibility("default")))
#endif

namespace larder {

// Reads a word that another process may write at the same time. What is read afterwards is not read
// before. (std::atomic_ref says the same; libc++ has it since version 19.)
inline std::uint32_t load_acquire(const volatile std::uint32_t* word) {
#if defined(_MSC_VER) && !defined(__clang__)
  const std::uint32_t value = *word;
  std::atomic_thread_fence(std::memory_order_acquire);
  return value;
#else
  return __atomic_load_n(word, __ATOMIC_ACQUIRE);
#endif
}

}  // namespace larder
