// A call that fails has done nothing: with an interrupt at every step, and with every allocation
// failing in turn; alone and in a transaction of the caller's, in a new file and in one that is
// filled, compiled already or not. No transaction is left open but the caller's.
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <thread>

#include "faults/every_moment.h"
#include "faults/failing_memory.h"
#include "support/progress.h"

namespace {

using support::Database;
using support::EveryMoment;
using support::Failure;

TEST(HalfDone, an_interrupt_at_every_step) {
  EveryMoment().each_call({"interrupted",
                           [](Database& db, long n, const std::function<void()>& call) {
                             const support::Progress progress(db, 1, support::interrupt_at(db, n));
                             call();
                             return progress.has_come_to(n);
                           },
                           [](int code) { return code == SQLITE_INTERRUPT; }, 5},
                          support::kInMemory);
}

// Another thread interrupts, as a program does whose user has pressed a key: at moments that are
// spread over the time that the call takes.
class InterruptedByThread {
 public:
  bool operator()(Database& db, long n, const std::function<void()>& call) {
    using Clock = std::chrono::steady_clock;
    const Clock::duration delay = took_ * static_cast<long>(random_() % 128) / 100;
    const auto begin = Clock::now();
    std::jthread other;
    if (n >= 0) {
      other = std::jthread([&, delay] {
        while (Clock::now() < begin + delay) continue;
        sqlite3_interrupt(db.get());
      });
    }
    call();
    if (n < 0) took_ = Clock::now() - begin;
    return n >= 0 && n < kTimes;
  }

 private:
  static constexpr long kTimes = 40;  // for each call in each situation

  std::minstd_rand random_{18};
  std::chrono::steady_clock::duration took_{};
};

TEST(HalfDone, an_interrupt_by_a_thread) {
  EveryMoment every_moment;
  for (const auto situations : {support::kInMemory, support::kInFiles}) {
    every_moment.each_call({"interrupted by a thread", InterruptedByThread(),
                            [](int code) { return code == SQLITE_INTERRUPT; }, 7, 29},
                           situations);
  }
}

// Fails the n-th allocation, or all from the n-th on.
support::Disturbance no_memory(bool for_good, long stride, long sample) {
  return {for_good ? "no memory for good" : "no memory",
          [for_good](Database&, long n, const std::function<void()>& call) {
            const Failure failure(n, for_good);
            call();
            return failure.met();
          },
          [](int code) { return code == SQLITE_NOMEM; }, stride, sample};
}

TEST(HalfDone, no_memory_at_every_allocation) {
  EveryMoment().each_call(no_memory(false, 3, 1), support::kInMemory);
}

TEST(HalfDone, no_memory_in_files) {
  EveryMoment().each_call(no_memory(false, 41, 29), support::kInFiles);
}

// What is kept of a value is kept after the commit, when nothing may fail any more.
TEST(HalfDone, no_memory_for_what_is_kept) {
  static constexpr support::Situation kWarm[] = {
      {"WAL, warm", support::Place::kWal, true, false, false, true, 1}};
  EveryMoment().each_call(no_memory(false, 1, 1), kWarm,
                          {{"SELECT cache_set('new', zeroblob(3000))"},
                           {"SELECT cache_set('k', zeroblob(300))"},
                           {"SELECT ledger_mark('l', 'new', zeroblob(300))"}});
}

TEST(HalfDone, no_memory_for_good) {
  EveryMoment every_moment;
  every_moment.each_call(no_memory(true, 41, 29), support::kInMemory);
  every_moment.each_call(no_memory(true, 41, 29), support::kInFiles);
}

}  // namespace
