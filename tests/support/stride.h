// Exhaustive tests of failures: one run for each allocation or step that may fail.
#pragma once

#include <cstdlib>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LARDER_IS_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LARDER_IS_SANITIZED
#endif

namespace support {

// True when every moment is to be tried, which takes hours.
inline bool is_thorough() { return std::getenv("LARDER_THOROUGH") != nullptr; }

// How far from one run to the next. A sanitizer makes a run take ten times as long; it is there to
// look at what happens after a failure, and every seventh shows that. So it is with other versions
// of SQLite, for which LARDER_FEWER is set. All are tried without.
inline long stride(long usual) {
#ifdef LARDER_IS_SANITIZED
  const bool fewer = true;
#else
  const bool fewer = std::getenv("LARDER_FEWER") != nullptr;
#endif
  return fewer ? usual * 7 : usual;
}

// True where stride() is wider, and under valgrind (tests/run_program.sh).
inline bool is_slow() { return stride(1) > 1 || std::getenv("LARDER_VALGRIND") != nullptr; }

}  // namespace support
