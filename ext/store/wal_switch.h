// The switch to WAL that a file gets once in its life. Where it cannot be made when Larder's tables
// are created, the file owes it: the next load, or the next call that writes and finds no
// transaction open, by any connection, makes it. Whoever puts the file back afterwards means it.
#pragma once

#include <string_view>

namespace larder {

class Connection;

// The row of larder_meta that says that the switch has been made: its value, and a condition that
// is true of it. The value is a text with a NUL in it: a dump as SQL cuts it there, and a file that
// was restored from one, which is in no WAL mode, shows by that that it is another file.
inline constexpr std::string_view kWalIsMade("switched\0", 9);
#define LARDER_WAL_IS_MADE "name = 'wal' AND value = 'switched' || char(0)"

class WalSwitch {
 public:
  explicit WalSwitch(Connection& connection) : connection_(connection) {}
  WalSwitch(const WalSwitch&) = delete;
  WalSwitch& operator=(const WalSwitch&) = delete;

  // What a look at the tables has found.
  void found(bool is_owed);

  // The switch, if it is owed. At load it is tried once, and nobody waits for it.
  void at_load() noexcept;
  void before_write() {
    if (is_owed_) pay();
  }

  // The tables are about to be created, and have been, in the transaction that does that.
  void before_creation();
  void at_creation();

 private:
  void pay();
  bool is_made_elsewhere();
  void record();

  Connection& connection_;
  bool is_owed_ = false;
  bool has_waited_ = false;  // for somebody in the way: not again
};

}  // namespace larder
