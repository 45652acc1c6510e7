// The one way in which a function changes the cache: alone or with others, in a transaction of its
// own or in the caller's, and what the connection keeps in memory follows.
//
//   Change change(connection, key);
//   const bool removed = change.cache().remove(key);
//   change.commit();
//   call.result(removed);
#pragma once

#include <optional>

#include "cache/cache.h"
#include "store/write_scope.h"

namespace larder {

class Change {
 public:
  // kOne: of what cache() does, only one statement reads or writes the file: it needs no
  // transaction of ours.
  enum class Statements { kOne, kMore };

  // Without commit() the change is undone. `key` must live as long. Throws Error.
  Change(Connection& connection, sqlite3_value* key, Statements statements = Statements::kMore);
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  Cache& cache() { return *cache_; }

  void commit();

  // The same when the row of the key is known now: the value, nullptr is NULL, and its deadline.
  void commit(sqlite3_value* value, std::optional<double> deadline);

 private:
  // Ends the transaction; returns whether the changes are exactly those that cache() has counted.
  bool end();
  void give_up_what_exceeds();

  Connection& connection_;
  sqlite3_value* key_;
  const HotKey hot_key_;
  HotChange hot_;
  RowidKeeper rowid_;
  std::optional<Transaction> transaction_;
  std::optional<Cache> cache_;
};

}  // namespace larder
