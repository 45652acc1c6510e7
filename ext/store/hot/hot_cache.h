// What a connection has read or written lately, kept in memory in front of the file: a hit costs no
// system call. It is never older than the file; README.md in this folder argues why.
//
//   const HotKey hot_key(db, 'c', key);
//   HotLookup hot(connection, hot_key);
//   if (const HotRow* row = hot.row()) use(*row);
//   else { ... SELECT ...; hot.found(value, expires_at); }
//
// Most code needs no more than store/hot/lookup.h.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>

#include "store/hot/interest.h"
#include "store/hot/key.h"
#include "store/hot/rows.h"
#include "store/hot/sharing.h"
#include "store/hot/wal_index.h"

namespace larder {

class Connection;
struct Setting;

// How many bytes of memory the rows of one connection may take; 0 switches the hot cache off. A
// change by another connection is heeded within a second.
extern const Setting kHotBytes;

class HotCache {
 public:
  bool is_empty() const { return rows_.is_empty(); }

  // Remembers that `key` was asked for. Returns whether it is kept already, or was asked for since
  // the cache was emptied: only then it is worth a look at the wal-index.
  bool note_interest(const HotKey& key);

  // True when a change that this connection makes next can be told from those of others: no
  // transaction is open, and the file has a wal-index. Where it has none, the cache is emptied.
  bool can_watch(Connection& connection);

  // Makes the cache current, which may empty it. False where it must not answer, or not yet.
  bool open(Connection& connection) { return can_watch(connection) && catch_up(connection); }
  bool catch_up(Connection& connection);  // only after can_watch() in the same call

  // True when other processes are told what this connection changes. See HotChange::locked().
  bool shares() const { return sharing_.is_on(); }

  // Before a change: true now and then, when it is time to look whether there are others to tell.
  bool should_look_for_others() { return sharing_.is_due(SharedMemory::Open::kIfThere); }
  // Only after can_watch() in the same call.
  void look_for_others(Connection& connection) {
    sharing_.review(connection, SharedMemory::Open::kIfThere);
  }

  // The row of `key`, good until the cache is next changed; nullptr when the file must be asked.
  // Only after open() in the same call.
  const HotRow* find(const HotKey& key);

  // Keeps what was read since open(), if the file is still as it was then. Returns the row, or
  // nullptr where it was not kept. Never fails.
  const HotRow* keep(Connection& connection, const HotKey& key, sqlite3_value* value,
                     std::optional<double> deadline) noexcept;
  void keep_nothing(Connection& connection, const HotKey& key) noexcept;

  void forget(const HotKey& key) { rows_.remove(key.view()); }
  void empty();

  // The commit that the rows are of.
  const Commit& commit() const { return commit_; }

  // The newest commit, which this connection is about to follow, as it holds the write lock. Those
  // who share are told so.
  Commit announce();
  // What was announced to follow `before` is over; if it was not told by now, it never will.
  void retract(const Commit& before);

  // A commit of this connection's own. `before`: the newest one when it began, which nobody has
  // followed but it where `was_locked`; `pages`: how many it has written. `row` as in CommitRecord;
  // `sweeps`: dead rows were removed, too.
  struct OwnCommit {
    Commit before;
    bool was_locked;
    std::uint32_t pages;
    std::uint64_t row;
    bool sweeps;
  };

  // Tells others of it. True when it is all that has happened to the file since catch_up(): the
  // cache is current again then.
  bool advance(Connection& connection, const OwnCommit& own);

  // Numbers for kv_stats.
  std::int64_t hits() const { return hits_; }
  std::int64_t followed() const { return followed_; }  // commits of others
  std::int64_t bytes() const { return static_cast<std::int64_t>(rows_.bytes()); }  // of memory

  // The settings are to be read again.
  void forget_settings();

  // Reads them again where they may be others. It reads the file: so not after a change, as a call
  // that is done must not fail for want of memory.
  void know_settings(Connection& connection) noexcept;

  // Whether a row may be kept whose value has so many bytes. Ask know_settings() first.
  bool has_room_for(std::size_t size) const;

 private:
  template <class Make>
  const HotRow* keep_if_current(Connection& connection, std::size_t size, Make&& make) noexcept;
  enum class Followed { kToTheEnd, kNotYet, kLost };
  Followed follow();
  void tell(Connection& connection, const OwnCommit& own, const std::optional<Commit>& after);
  void heed_settings(Connection& connection);

  HotRows rows_;
  Interest interest_;
  WalIndex index_;
  Sharing sharing_;
  Commit commit_;                   // of it the rows were read
  std::uint32_t page_version_ = 0;  // of the pages that the connection had in memory then
  // Of rows, by this connection, modulo 2^32: as they were when the cache was last emptied, or a
  // change of its own was all that had happened.
  std::uint32_t changes_ = 0;
  std::size_t looks_ = 0;  // for a record that is not there yet
  // Rows that ended by then may have been swept along with a change of our own. A clock that is set
  // back must not bring them to life again.
  double swept_until_ = -HUGE_VAL;
  double settings_read_ = -HUGE_VAL;  // when
  bool are_settings_old_ = true;      // somebody has committed since
  std::int64_t hits_ = 0;
  std::int64_t followed_ = 0;
};

}  // namespace larder
