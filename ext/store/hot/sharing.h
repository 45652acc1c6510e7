// Telling other processes which rows a commit has changed, and being told.
#pragma once

#include <memory>
#include <optional>

#include "os/shared_memory.h"
#include "store/hot/commit_ring.h"

namespace larder {

class Connection;
struct Setting;

// 1 when connections tell each other what they change; 0 when any commit of another connection
// empties the hot cache.
extern const Setting kHotShare;

// A connection's place in the memory that those share which have the same file open.
class Sharing {
 public:
  bool is_on() const { return ring_.has_value(); }

  // Joins when kHotShare says so, and leaves when it says otherwise. A reader that has lost rows by
  // somebody's commit makes the memory; a writer only joins: while nobody reads, there is none.
  void review(Connection& connection, SharedMemory::Open open) noexcept;
  void leave();

  // True now and then: review() costs as much as a read. Who reads is asked apart from who writes:
  // a reader that is told only together with its writes may never come to make the memory.
  bool is_due(SharedMemory::Open open) { return occasions(open).is_due(); }

  // Only while is_on().
  CommitRing& ring() { return *ring_; }

 private:
  class Occasions {
   public:
    bool is_due();

   private:
    unsigned count_ = 0;
  };
  Occasions& occasions(SharedMemory::Open open) {
    return open == SharedMemory::Open::kMake ? to_make_ : to_join_;
  }

  std::shared_ptr<SharedMemory> memory_;
  std::optional<CommitRing> ring_;
  Occasions to_make_;
  Occasions to_join_;
};

}  // namespace larder
