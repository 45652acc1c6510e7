// What the operating system says of a call that failed.
#pragma once

#include <cerrno>
#include <new>
#include <string>
#include <system_error>

#include "sqlite/error.h"

namespace larder {

// Throws what errno says of `path`, behind `what`, which may be empty: Error, or std::bad_alloc.
[[noreturn]] inline void fail_with_errno(const std::string& path, const char* what = "") {
  const std::error_code why(errno, std::generic_category());
  if (why == std::errc::not_enough_memory) throw std::bad_alloc();
  fail_at(path, what + why.message());
}

// What both systems' code says.
inline constexpr const char* kCannotReadDirectory = "cannot read the directory: ";
inline constexpr const char* kNotRegular = "it is not a regular file";

}  // namespace larder
