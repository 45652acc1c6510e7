// The statements a connection keeps compiled, and the hook that lets them go in time.
//
// sqlite3_close() refuses with SQLITE_BUSY while any statement is open, and the destructors of
// functions run too late to help. Virtual tables, however, are disconnected before SQLite looks
// (https://sqlite.org/c3ref/close.html and probed by tests/close). So an eponymous table, kv_hook,
// stays connected while statements are kept, and its end is theirs.
#pragma once

#include <unordered_map>

#include "sqlite/statement.h"

namespace larder {

class StatementCache {
 public:
  // The place of the statement with this text, which must be a literal: it is known by its address.
  // The place lives as long as the cache.
  StatementSlot* slot(const char* sql) {
    auto [entry, is_new] = slots_.try_emplace(sql);
    if (is_new) entry->second.keeps = open_;
    return &entry->second;
  }

  bool is_open() const { return open_; }

  // From now on statements are kept.
  void open() { set_open(true); }

  // From now on statements are not kept: finalizes the idle ones; those that are running are
  // finalized when their run ends.
  void close() { set_open(false); }

 private:
  void set_open(bool open) {
    open_ = open;
    for (auto& [sql, slot] : slots_) {
      slot.keeps = open;
      if (!open) slot.idle = Statement();
    }
  }

  std::unordered_map<const char*, StatementSlot> slots_;
  bool open_ = false;
};

}  // namespace larder
