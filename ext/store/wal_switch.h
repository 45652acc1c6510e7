// The switch to WAL that a file gets once in its life, when Larder's tables are created. If it
// cannot be made then, the file owes it: the next load makes it, or the next call that writes and
// finds no transaction open, whichever connection that is. Larder does not repeat it: somebody who
// puts the file back into another mode afterwards means it.
#pragma once

#include "sqlite/sql.h"

namespace larder {

class Connection;

// True of the row of larder_meta that says that the switch has been made. Its value has a NUL in
// it, at which a dump as SQL cuts it. So a file that was restored from a dump, and is not in WAL
// mode, has no such row and gets the switch.
inline constexpr auto kWalIsRecorded = sql("name = 'wal' AND value = 'switched' || char(0)");

class WalSwitch {
 public:
  explicit WalSwitch(Connection& connection) : connection_(connection) {}
  WalSwitch(const WalSwitch&) = delete;
  WalSwitch& operator=(const WalSwitch&) = delete;

  // To be told what a look at the tables has found.
  void found(bool is_owed);

  // To be called when Larder is loaded. Makes a switch that is owed, and waits for nobody.
  void at_load() noexcept;

  // To be called before Larder writes. Makes a switch that is owed.
  void before_write() {
    if (is_owed_) make();
  }

  // To be called before the tables are created, and in the transaction in which they are.
  void before_creation();
  void at_creation();

 private:
  void make();
  bool is_made_elsewhere();
  void record();

  Connection& connection_;
  bool is_owed_ = false;
  bool has_waited_ = false;  // for somebody in the way: not again
};

}  // namespace larder
