// What the workers of the coherence test share: the newest version of each subject that any of them
// has seen, and the newest that its writers have begun to write.
//
// Versions only grow. An even one is a value, an odd one is its absence: every removal counts.
#pragma once

#include <atomic>
#include <cstdint>

namespace coherence {

inline constexpr int kWorkers = 8;

struct Subject {
  std::atomic<std::int64_t> seen{1};
  std::atomic<std::int64_t> begun{1};
};

// Of one worker, which may be killed at any moment.
struct Counts {
  std::atomic<std::int64_t> reads{0};
  std::atomic<std::int64_t> hot{0};  // of them, answered from memory
  std::atomic<std::int64_t> writes{0};
  std::atomic<std::int64_t> checkpoints{0};
  std::atomic<std::int64_t> stale{0};
  std::atomic<std::int64_t> errors{0};
  std::atomic<bool> is_writing{false};
};

struct Shared {
  enum Kind { kRow, kCounter, kId, kKinds };  // of the cache; one that is counted; of the ledger
  static constexpr int kEach = 32;            // subjects of a kind
  static constexpr int kSubjects = kKinds * kEach;

  Subject subjects[kSubjects];
  Counts workers[kWorkers];
  std::atomic<int> focus{0};  // what all of them read now is mostly around here
  std::atomic<bool> stops{false};

  std::int64_t sum(std::atomic<std::int64_t> Counts::*count) const {
    std::int64_t result = 0;
    for (const Counts& worker : workers) result += (worker.*count).load();
    return result;
  }
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "processes cannot share a lock");

}  // namespace coherence
