// What connections tell each other of their commits: which rows of the hot cache each has changed.
#pragma once

#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "store/hot/commit.h"

namespace larder {

// One commit, by whoever made it and has proved that no other was between.
struct CommitRecord {
  Commit before;
  Commit after;
  // The row that has got another value or deadline, by the hash of its key.
  std::uint64_t row = 0;
  // Rows that ended by then may be gone as well.
  double swept_until = -HUGE_VAL;
};

// The latest records, in memory that processes share. Nobody waits for anybody: a record has a
// checksum, so one that was overwritten meanwhile, or whose writer was killed, is none.
class CommitRing {
 public:
  static constexpr std::uint32_t kPlaces = 1024;

  // In memory it is one of these, which begins as zeros.
  struct Place {
    std::array<std::atomic<std::uint64_t>, 9> words;
  };
  static constexpr std::size_t kBytes = kPlaces * sizeof(Place);
  static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
                    sizeof(std::atomic<std::uint64_t>) == sizeof(std::uint64_t),
                "processes cannot share a lock");

  // `places`: `count` of them, which outlive this.
  explicit CommitRing(Place* places, std::uint32_t count = kPlaces)
      : places_(places), count_(count) {}

  // That whoever holds the write lock is about to follow `before`, and will tell. What is neither
  // announced nor told is a gap: nobody need wait for it.
  void announce(const Commit& before);
  bool is_announced(const Commit& before) const;  // or told already

  // Takes that back unless it was told. (It may as well take back what somebody else has announced
  // meanwhile, who then is not waited for.)
  void retract(const Commit& before);

  void tell(const CommitRecord& record);

  // The record of the commit that followed `before`; nothing when there is none, or not yet.
  std::optional<CommitRecord> after(const Commit& before) const;

 private:
  // What is in the place after `before`, if it is whole and about that.
  std::optional<CommitRecord> record_after(const Commit& before) const;
  Place& place_after(const Commit& before) const { return places_[(before.number + 1) % count_]; }

  Place* places_;
  std::uint32_t count_;
};

}  // namespace larder
