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

  // Makes the cache current, which may empty it. False where it must not answer.
  bool open(Connection& connection);

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

  // After a commit of this connection's own, of `pages` pages: true when that is all that has
  // happened to the file since open(). The cache is current again then. `sweeps`: dead rows were
  // removed, too.
  bool advance(Connection& connection, std::uint32_t pages, bool sweeps);

  // Numbers for kv_stats.
  std::int64_t hits() const { return hits_; }
  std::int64_t bytes() const { return static_cast<std::int64_t>(rows_.bytes()); }  // of memory

  // The setting hot.bytes is to be read again.
  void forget_limit();

 private:
  template <class Make>
  const HotRow* keep_if_current(Connection& connection, std::size_t size, Make&& make) noexcept;
  void heed_limit(Connection& connection);
  bool has_room_for(Connection& connection, std::size_t size);

  HotRows rows_;
  Interest interest_;
  WalIndex index_;
  // Of the commit that the rows were read from, and of the pages.
  WalHeader header_;
  std::uint32_t page_version_ = 0;
  // Rows that ended by then may have been swept along with a change of our own. A clock that is set
  // back must not bring them to life again.
  double swept_until_ = -HUGE_VAL;
  double limit_read_ = -HUGE_VAL;  // when
  bool is_limit_old_ = true;       // somebody has committed since
  std::int64_t hits_ = 0;
};

}  // namespace larder
