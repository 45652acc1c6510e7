// Waiting for a lock that another connection holds.
#pragma once

#include "store/connection.h"

namespace larder {

// How long this connection waits for a lock, in milliseconds: by Larder's handler or by SQLite's,
// whichever was set last. (SQLite does not tell when the host has set a handler of its own, or has
// taken Larder's away.)
int busy_timeout(Connection& connection);

// From now on the connection waits up to `milliseconds`; 0 takes the handler away.
//
// SQLite's own handler waits longer from look to look, up to 100 ms. Under many writers, newcomers
// then overtake a connection that has waited long. This one looks every 2 ms, and after 20 ms of
// waiting every 0.2 ms.
void set_busy_timeout(Connection& connection, int milliseconds);

// While it lives, the connection waits up to `milliseconds` where it would wait longer. (A handler
// of the host's own stays as it is.)
class ShortWait {
 public:
  ShortWait(Connection& connection, int milliseconds);
  ShortWait(const ShortWait&) = delete;
  ShortWait& operator=(const ShortWait&) = delete;
  ~ShortWait();

 private:
  Connection& connection_;
  int usual_;
  bool is_own_;
  bool is_shorter_;
};

}  // namespace larder
