// Exhaustive tests of failures: one run for each allocation or step that may fail.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LARDER_IS_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LARDER_IS_SANITIZED
#endif

namespace support {

// How far from one run to the next. A sanitizer makes a run take ten times as long; it is there to
// look at what happens after a failure, and every seventh shows that. All are tried without it.
constexpr long stride(long usual) {
#ifdef LARDER_IS_SANITIZED
  return usual * 7;
#else
  return usual;
#endif
}

}  // namespace support
