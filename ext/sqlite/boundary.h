// The one place where exceptions end: every callback that SQLite calls runs its body through
// guard().
#pragma once

#include <new>

#include "sqlite/error.h"

namespace larder {

// Runs `body()`; returns SQLITE_OK, or the result code of what it threw after `report(code,
// message)` was told. `report` must not throw; `message` is valid during the call only.
template <class Body, class Report>
int guard(Body&& body, Report&& report) noexcept {
  try {
    body();
    return SQLITE_OK;
  } catch (const Error& error) {
    report(error.code(), error.what());
    return error.code();
  } catch (const std::bad_alloc&) {
    report(SQLITE_NOMEM, "out of memory");
    return SQLITE_NOMEM;
  } catch (const std::exception& error) {
    report(SQLITE_INTERNAL, error.what());
    return SQLITE_INTERNAL;
  } catch (...) {
    report(SQLITE_INTERNAL, "unknown exception");
    return SQLITE_INTERNAL;
  }
}

}  // namespace larder
