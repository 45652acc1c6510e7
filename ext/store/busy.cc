// Waiting for a lock that another connection holds.
#include "store/busy.h"

#include <chrono>
#include <cstdint>
#include <thread>

namespace larder {

namespace {

// What this connection was told last; 0 when nothing, or when it was taken back.
struct BusyTimeout {
  int milliseconds = 0;
};

// How long to wait until the next look. Who has waited long looks more often, and so gets the lock
// before a newcomer does.
std::chrono::microseconds interval(std::chrono::nanoseconds waited) {
  using namespace std::chrono_literals;
  return waited < 20ms ? 2000us : 200us;
}

// https://sqlite.org/c3ref/busy_handler.html. The argument is the timeout itself and not an
// address, so SQLite can call this also when Larder's state is gone. One wait is a series of calls
// on one thread, with `looks` counting from 0.
int wait_for_lock(void* milliseconds, int looks) noexcept {
  using Clock = std::chrono::steady_clock;
  thread_local Clock::time_point began;
  if (looks == 0) began = Clock::now();
  const std::chrono::milliseconds most(reinterpret_cast<std::intptr_t>(milliseconds));
  const auto waited = Clock::now() - began;
  if (waited >= most) return 0;
  std::this_thread::sleep_for(interval(waited));
  return 1;
}

int set_own_handler(sqlite3* db, int milliseconds) {
  // A number is passed to a callback in C as a pointer. NOLINTNEXTLINE(performance-no-int-to-ptr)
  void* argument = reinterpret_cast<void*>(static_cast<std::intptr_t>(milliseconds));
  return sqlite3_busy_handler(db, wait_for_lock, argument);
}

// 0 while a handler is set that is not SQLite's own.
int builtin_busy_timeout(sqlite3* db) {
  Query timeout{Statement(db, "PRAGMA busy_timeout")};
  return timeout.step() ? static_cast<int>(timeout.integer(0)) : 0;
}

}  // namespace

int busy_timeout(Connection& connection) {
  auto& own = connection.state<BusyTimeout>().milliseconds;
  const int builtin = builtin_busy_timeout(connection.db());
  if (builtin > 0) own = 0;  // the host has put SQLite's handler in the place of ours
  return builtin > 0 ? builtin : own;
}

void set_busy_timeout(Connection& connection, int milliseconds) {
  auto& own = connection.state<BusyTimeout>().milliseconds;
  if (milliseconds == 0) {
    check(connection.db(), sqlite3_busy_handler(connection.db(), nullptr, nullptr));
  } else {
    check(connection.db(), set_own_handler(connection.db(), milliseconds));
  }
  own = milliseconds;
}

ShortWait::ShortWait(Connection& connection, int milliseconds)
    : connection_(connection),
      usual_(busy_timeout(connection)),
      is_own_(connection.state<BusyTimeout>().milliseconds > 0),
      is_shorter_(milliseconds < usual_) {
  if (is_shorter_) sqlite3_busy_timeout(connection.db(), milliseconds);
}

ShortWait::~ShortWait() {
  if (!is_shorter_) return;
  if (is_own_) {
    set_own_handler(connection_.db(), usual_);
  } else {
    sqlite3_busy_timeout(connection_.db(), usual_);
  }
}

}  // namespace larder
