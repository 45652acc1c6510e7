// How a call changes the entry of one key. It sees to the transaction, to the limits, to dead rows
// that are swept along, and to what the connection keeps in memory.
//
//   Change change(connection, key);
//   const bool removed = change.remove();
//   change.commit();
//   call.result(removed);
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "cache/cache.h"
#include "cache/number.h"
#include "store/duration.h"
#include "store/write_scope.h"

namespace larder {

struct Storing;

// A value to store: the caller's own, or a number that was computed.
using NewValue = std::variant<sqlite3_value*, Number>;

// What is stored with a value.
struct Details {
  std::optional<double> created_at = std::nullopt;  // now, when it is nothing
  sqlite3_value* tag = nullptr;                     // of tag_of(); nullptr for none
};

class Change {
 public:
  // Who makes the change atomic.
  enum class Scope {
    kStatement,    // SQLite, as the caller makes one change and reads nothing before it
    kTransaction,  // this object, with a transaction or a savepoint
    kOuter,        // the caller, such as a statement that writes kv_cache
  };

  // Without commit() the change is undone, unless it is somebody else's. `key` must live as long.
  // Throws Error, as all below.
  Change(Connection& connection, sqlite3_value* key, Scope scope = Scope::kTransaction);
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  // What is there, as the change finds it.
  Cache& cache() { return cache_; }
  bool has() { return cache_.has(key_); }

  // Stores, whatever was there, and ends a claim. With a lifetime that is over, removes instead.
  // Returns the id of the row if it is a new one, else 0; nothing when a trigger of somebody's has
  // kept the row from being stored. This and all that stores throws Error when the value does not
  // fit into the limits.
  std::optional<std::int64_t> set(NewValue value, Lifetime lifetime, Details details = {});

  // Stores unless a live row is there: then nothing. Else as set().
  std::optional<std::int64_t> add(NewValue value, Lifetime lifetime, Details details = {});

  // A new value for a live row, which keeps its deadline and its tag, and ends a claim; false when
  // there is none.
  bool set_value(NewValue value);

  // A new tag for a live row, nullptr for none.
  void set_tag(sqlite3_value* tag);

  // Claims the key for whoever works out its value, until that is stored or `claimed_until` has
  // come; false when somebody else has. A value that is there stays, and so does its deadline.
  bool claim(double claimed_until);

  // A new deadline for a live row; false when there is none.
  bool touch(Lifetime lifetime);

  // Removes a live row, with `expected` only when its value IS that; false when there was none.
  bool remove(sqlite3_value* expected = nullptr);

  void commit();

 private:
  struct NewEntry {
    NewValue value;
    std::optional<double> deadline;
    double created_at;
    sqlite3_value* tag;
  };
  struct Stored {
    std::int64_t new_id;  // 0 when the row is not new
    bool done;
  };
  struct Hot {
    Hot(Connection& connection, sqlite3_value* key)
        : hot_key(Cache::hot_key(connection, key)), change(connection, hot_key) {}
    const HotKey hot_key;
    HotChange change;
  };

  // Of the row (cache/change_rows.cc).
  Query query(Sql sql);
  NewEntry new_entry(NewValue value, Lifetime lifetime, const Details& details);
  Stored insert_or_overwrite(const NewEntry& entry);
  Stored store(const Storing& storing, const NewEntry& entry);
  Stored upsert(Query& statement);
  void remove_dead();

  // Runs `query`; returns whether it changed a row. kCounted: the triggers of a limit see it.
  enum class Counting { kCounted, kUncounted };
  bool run(Query& query, Counting counting = Counting::kCounted);

  // Around it (cache/change.cc).
  void look_before(const Query& query);
  bool keeps_order();
  void make_way(const NewValue& value);
  void keep_to_new_limits();
  bool end_transaction();
  void give_up_what_exceeds();

  Connection& connection_;
  sqlite3_value* key_;
  Cache cache_;
  std::optional<Hot> hot_;
  RowidKeeper rowid_;
  std::optional<Transaction> transaction_;

  // True when the change is a single statement, after which nothing can fail. Otherwise a new key
  // removes dead rows with it, and what is stored makes room for itself where a limit is set. (In a
  // caller's transaction, which holds the write lock, kTransaction needs no more than a statement.)
  bool is_alone_ = false;
  std::int64_t changes_ = 0;     // rows that statements of ours have changed
  bool met_new_schema_ = false;  // somebody may have set a limit
  // The row of the key, where it is known: the caller's value, and its deadline.
  struct Known {
    sqlite3_value* value;
    std::optional<double> deadline;
  };
  std::optional<Known> known_;
};

}  // namespace larder
