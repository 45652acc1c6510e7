// The statements a connection keeps compiled, and the hook that lets them go in time.
//
// sqlite3_close() returns SQLITE_BUSY while any statement is open, and the destructors of functions
// run too late to help. Virtual tables, however, are disconnected before SQLite looks for open
// statements (https://sqlite.org/c3ref/close.html; tests/close shows it). So an eponymous table,
// kv_hook, stays connected while statements are kept; when it is disconnected, they are finalized.
#pragma once

#include <unordered_map>
#include <utility>

#include "sqlite/sql.h"
#include "sqlite/statement.h"

namespace larder {

class StatementCache {
 public:
  // The place of the statement, which is known by the address of its text. The place lives as long
  // as the cache.
  StatementSlot* slot(Sql sql) {
    auto [entry, is_new] = slots_.try_emplace(sql.text());
    if (is_new) entry->second = {Statement(), open_, &any_compiled_};
    return &entry->second;
  }

  // True when a statement was compiled since this was last asked, whether for the first time or
  // again: then somebody may have changed the schema.
  bool was_any_compiled() { return std::exchange(any_compiled_, false); }

  bool is_open() const { return open_; }

  // From now on statements are kept.
  void open() { set_open(true); }

  // True when SQLite has declared all statements out of date since the latest renew(). Setting an
  // authorizer does that (removing one does not), and so do some changes of the schema.
  bool is_outdated() const { return sentinel_ && sentinel_.has_expired(); }

  // Lets go of all statements that are not running. Throws Error.
  void renew(sqlite3* db) {
    set_open(open_, true);
    sentinel_ = open_ ? Statement(db, "SELECT 1", SQLITE_PREPARE_PERSISTENT) : Statement();
  }

  // From now on statements are not kept: finalizes the idle ones; those that are running are
  // finalized when their run ends.
  void close() {
    set_open(false, true);
    sentinel_ = Statement();
  }

 private:
  void set_open(bool open, bool empties = false) {
    open_ = open;
    for (auto& [sql, slot] : slots_) {
      slot.keeps = open;
      if (empties) slot.idle = Statement();
    }
  }

  std::unordered_map<const char*, StatementSlot> slots_;
  Statement sentinel_;
  bool open_ = false;
  bool any_compiled_ = false;
};

}  // namespace larder
