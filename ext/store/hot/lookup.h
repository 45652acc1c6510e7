// How a feature reads and changes rows through the hot cache.
#pragma once

#include <cstdint>
#include <optional>

#include "store/hot/commit.h"
#include "store/hot/key.h"
#include "store/hot/row.h"

namespace larder {

class Connection;

// True when the connection shares its pages with others (https://sqlite.org/sharedcache.html). A
// SELECT then joins what those are doing: it may see an older commit than the newest, or with
// PRAGMA read_uncommitted what is never committed. SQLite shows only in its accounts of memory that
// there is another connection.
bool shares_pages(sqlite3* db);

// One question to the hot cache and, where it has no answer, to the file.
class HotLookup {
 public:
  // `key` must live as long.
  HotLookup(Connection& connection, const HotKey& key);

  // The answer; nullptr when the file must be asked.
  const HotRow* row() const { return row_; }

  // What the file answered. Returns the row where it is kept now, good for as long as row() is: its
  // value is there to be given out without a copy.
  const HotRow* found(sqlite3_value* value, std::optional<double> deadline) noexcept;
  void found_nothing() noexcept;

 private:
  Connection& connection_;
  const HotKey& key_;
  bool may_keep_;
  const HotRow* row_ = nullptr;
};

// A change of one row by this connection, which must not empty its own cache, nor those of others
// that share. Make it before the transaction, and call finish() after the commit; without that, the
// caches find that the file has changed.
class HotChange {
 public:
  // `key` must live as long.
  HotChange(Connection& connection, const HotKey& key);
  HotChange(const HotChange&) = delete;
  HotChange& operator=(const HotChange&) = delete;
  ~HotChange();

  // True when others are told of the change. It is then worth a transaction that takes the write
  // lock first and says so by locked(): a commit of somebody else that comes between the beginning
  // of a lone statement and its lock leaves nothing to be told.
  bool wants_lock() const;

  // The write lock is held, and nothing has been written yet.
  void locked();

  // Call it before a value is stored that finish() is to keep: what needs memory is done now, as a
  // call must not fail that is done. nullptr is NULL. Throws std::bad_alloc.
  void will_store(sqlite3_value* value);

  // `changes`: how many rows statements of Larder's have changed. Of those only the row of the key
  // has got another value or deadline; the others are dead rows that were swept along, sweep_at and
  // used_at of live ones, and the counts of a limit. When SQLite has counted more, a trigger of
  // somebody's has changed a row, which may be any.
  void finish(std::int64_t changes) noexcept;

  // The same for a row that was stored, which is kept. nullptr is NULL.
  void finish(std::int64_t changes, sqlite3_value* value, std::optional<double> deadline) noexcept;

 private:
  void count_from_here();
  bool was_alone(std::int64_t changes);

  Connection& connection_;
  const HotKey& key_;
  bool is_worth_;
  bool is_watched_ = false;
  bool is_locked_ = false;
  Commit before_;
  // As SQLite had counted before the change, modulo 2^32.
  std::uint32_t pages_ = 0;
  std::uint32_t spills_ = 0;
  std::uint32_t changes_ = 0;
};

}  // namespace larder
