// What a connection has read or written lately, kept in memory, in front of the file: a hit costs
// no system call. It is never older than the file: an answer is given only while nobody, in any
// process, has committed since the rows were read (store/wal_index.h), and only where a SELECT
// would see the newest commit. Everywhere else, and where it cannot be told, the file is asked.
//
//   const HotKey hot_key(connection, HotKey::Kind::kCache, key);
//   HotLookup hot(connection, hot_key);
//   if (const HotRow* row = hot.row()) use(*row);
//   else { ... SELECT ...; hot.found(value, expires_at); }
#pragma once

#include <cmath>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sqlite/function.h"
#include "store/wal_index.h"

namespace larder {

class Connection;

// Bytes that the cache and the results it gave out share.
class SharedBytes {
 public:
  SharedBytes() = default;
  explicit SharedBytes(std::string_view bytes);  // throws std::bad_alloc
  SharedBytes(const SharedBytes& other) noexcept;
  SharedBytes(SharedBytes&& other) noexcept : data_(std::exchange(other.data_, nullptr)) {}
  SharedBytes& operator=(SharedBytes other) noexcept {
    std::swap(data_, other.data_);
    return *this;
  }
  ~SharedBytes() { release(data_); }

  char* data() const { return data_; }

  // Gives away a share, which release() takes back.
  char* share() const;
  static void release(void* data);

 private:
  char* data_ = nullptr;
};

// A value with the moment at which it is dead; or the knowledge that there is none.
class HotRow {
 public:
  static HotRow nothing() { return {}; }
  // nullptr is NULL. Throws std::bad_alloc.
  HotRow(sqlite3_value* value, std::optional<double> deadline);

  bool is_nothing() const { return type_ == 0; }
  bool ends_by(double moment) const { return !is_nothing() && deadline_ <= moment; }
  std::optional<double> deadline() const {
    return deadline_ == HUGE_VAL ? std::nullopt : std::optional(deadline_);
  }
  void give(Call& call) const;
  std::size_t size() const { return size_; }

 private:
  HotRow() = default;

  int type_ = 0;  // of SQLite's values; 0 for nothing
  bool is_c_string_ = false;
  double deadline_ = -HUGE_VAL;
  std::int64_t integer_ = 0;
  double real_ = 0;
  SharedBytes bytes_;
  std::size_t size_ = 0;
};

// A key of one of the features. Built without a call to malloc() in the usual case.
class HotKey {
 public:
  enum class Kind : char { kCache = 'c', kLedger = 'l' };

  HotKey(Connection& connection, Kind kind, sqlite3_value* key);
  // `key` within a set; nullptr is the one called 'default'.
  HotKey(Connection& connection, Kind kind, sqlite3_value* set, sqlite3_value* key);
  HotKey(const HotKey&) = delete;
  HotKey& operator=(const HotKey&) = delete;

  // Empty when the cache is of no use: in a transaction, or for a very long key.
  std::string_view view() const { return {bytes_, size_}; }
  std::uint64_t hash() const { return hash_; }

 private:
  void finish();
  void append(std::string_view bytes);
  void append_value(sqlite3_value* value);

  static constexpr std::size_t kMost = 1000;
  char bytes_[kMost];
  std::size_t size_ = 0;
  std::uint64_t hash_ = 0;
  bool fits_ = true;
};

class HotCache {
 public:
  bool is_empty() const { return is_empty_; }

  // False for a key that is neither kept nor among the latest that were asked for since the cache
  // was emptied: what is asked for once is not worth looking at the wal-index. Remembers that it
  // was.
  bool is_worth(const HotKey& key);

  // Makes the cache current, which may empty it. False where it must not answer.
  bool open(Connection& connection);

  const HotRow* find(const HotKey& key);

  // Keeps what was read since open(), if the file is still as it was then. Never fails.
  void keep(Connection& connection, const HotKey& key, sqlite3_value* value,
            std::optional<double> deadline) noexcept;
  void keep_nothing(Connection& connection, const HotKey& key) noexcept;

  void forget(const HotKey& key);
  void forget_all() { empty(); }

  // After a commit of this connection's own, of `pages` pages: true when that is all that has
  // happened to the file since open(). The cache is current again then. `sweeps`: dead rows were
  // removed, too.
  bool advance(Connection& connection, std::uint32_t pages, bool sweeps);

  // Numbers for kv_stats.
  std::int64_t hits() const { return hits_; }
  std::int64_t bytes() const { return static_cast<std::int64_t>(bytes_); }  // of memory

  // The setting hot.bytes is to be read again.
  void forget_limit() {
    limit_read_ = -HUGE_VAL;
    is_limit_old_ = true;
  }

 private:
  struct Entry {
    std::string key;
    std::uint64_t hash;
    HotRow row;
    std::uint64_t generation;
    bool was_used;  // since the hand of evict() came by
    std::size_t size() const;
  };
  using Entries = std::list<Entry>;

  void empty() {
    ++generation_;  // instead of freeing: entries of an earlier one are not there
    is_empty_ = true;
    swept_until_ = -HUGE_VAL;
  }
  template <class Make>
  void keep_if_current(Connection& connection, const HotKey& key, std::size_t size,
                       Make&& make) noexcept;
  Entries::iterator find_entry(const HotKey& key);
  void insert(const HotKey& key, HotRow row);
  void remove(Entries::iterator entry);
  void evict();
  void heed_limit(Connection& connection);
  bool has_room_for(Connection& connection, std::size_t size);

  WalIndex index_;
  // Of the commit that the entries of this generation were read from, and of the pages.
  WalHeader header_;
  std::uint32_t page_version_ = 0;
  // Rows that ended by then may have been swept along with a change of our own. A clock that is set
  // back must not bring them to life again.
  double swept_until_ = -HUGE_VAL;
  std::uint64_t generation_ = 0;
  bool is_empty_ = true;
  Entries entries_;  // newest first
  Entries::iterator hand_ = entries_.end();
  std::unordered_map<std::uint64_t, Entries::iterator> by_hash_;
  std::vector<std::uint32_t> asked_;  // traces of the latest keys, by hash
  std::size_t bytes_ = 0;
  std::size_t limit_ = 0;
  double limit_read_ = -HUGE_VAL;  // when
  bool is_limit_old_ = true;       // somebody has committed since
  std::int64_t hits_ = 0;
};

// One question to the cache and, where it has no answer, to the file.
class HotLookup {
 public:
  // `key` must live as long.
  HotLookup(Connection& connection, const HotKey& key);

  // The answer; nullptr when the file must be asked.
  const HotRow* row() const { return row_; }

  // What the file answered.
  void found(sqlite3_value* value, std::optional<double> deadline) noexcept;
  void found_nothing() noexcept;

 private:
  Connection& connection_;
  const HotKey& key_;
  bool is_open_;
  const HotRow* row_ = nullptr;
};

// A change of one row by this connection, which must not empty its own cache. Make it before the
// transaction, and call finish() after the commit; without that, the cache finds that the file has
// changed.
class HotChange {
 public:
  // `key` must live as long.
  HotChange(Connection& connection, const HotKey& key);

  // `changes`: how many rows the caller's own statements have changed; all but one were dead and
  // swept along. What SQLite counts on top was changed by a trigger, and may be any row.
  void finish(std::int64_t changes) noexcept;

  // The same, when the row is known now, unless none was changed: a trigger may keep it from being
  // stored. nullptr is NULL.
  void finish(std::int64_t changes, sqlite3_value* value, std::optional<double> deadline) noexcept;

 private:
  bool was_alone(std::int64_t changes);

  Connection& connection_;
  const HotKey& key_;
  bool is_worth_;
  bool is_open_;
  std::uint32_t pages_ = 0;    // this and the next: as SQLite had counted before the change,
  std::uint32_t changes_ = 0;  // modulo 2^32
};

}  // namespace larder
