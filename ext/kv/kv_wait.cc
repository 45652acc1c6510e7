// kv_wait(): sleeps until somebody commits, or until something can be done for which nobody has to.
//
//   SELECT ledger_next('q', '5m');  -- NULL: there is nothing to do
//   SELECT kv_wait();               -- 1 once there may be something
#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include "kv/kv.h"
#include "store/busy.h"
#include "store/duration.h"
#include "store/hot/lookup.h"
#include "store/hot/wal_index.h"

namespace larder {

namespace {

using WaitTime = std::chrono::duration<double>;

// Between two looks: short enough to be woken soon, long enough to cost next to nothing.
constexpr WaitTime kLookInterval{0.004};

// Up to when this connection has waited; what was possible by then it knows.
struct Waited {
  double until = -HUGE_VAL;
};

// Runs `read`. False when a writer keeps readers out, as one does for a moment in other journal
// modes than WAL.
template <class Read>
bool unless_locked(Read&& read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    if ((error.code() & 0xff) != SQLITE_BUSY) throw;
    return false;
  }
}

// Watches for commits of others, since this connection last read the file before this was made. So
// make it before anything else of a call reads. SQLite moves its data version when a read finds
// that somebody has committed; commits of our own do not matter, as none is made meanwhile.
class CommitWatch {
 public:
  explicit CommitWatch(Connection& connection)
      : connection_(connection), seen_(WalIndex::page_version(connection.db())) {}

  bool has_news() {
    if (is_mapped_ && index_.newest() == newest_) return false;
    is_mapped_ = index_.map(connection_);
    if (is_mapped_) newest_ = index_.newest();  // before the read: a later commit changes it
    if (!unless_locked([&] { connection_.query("PRAGMA main.data_version").run(); }))
      is_mapped_ = false;  // and so it is read again
    return has_read_news();
  }

  // True when a read of this call, of whatever it was, has found a commit of others.
  bool has_read_news() const { return WalIndex::page_version(connection_.db()) != seen_; }

 private:
  Connection& connection_;
  WalIndex index_;
  unsigned seen_;
  Commit newest_;
  bool is_mapped_ = false;
};

void check_can_wait(const Connection& connection) {
  if (!connection.is_idle())
    throw Error("inside a transaction or a statement that reads nothing new could be seen");
  const char* path = sqlite3_db_filename(connection.db(), "main");
  if (path == nullptr || *path == '\0')
    throw Error("nobody else can commit to a database in memory or a temporary one");
  if (shares_pages(connection.db())) throw Error("with cache=shared it cannot be told what is new");
}

// The first moment since the latest wait at which something has become possible, or will. The clock
// may have been set back since.
double next_chance(Connection& connection) {
  const double since = std::min(connection.state<Waited>().until, connection.clock().now());
  double next = HUGE_VAL;
  for (const Feature* feature : connection.features()) {
    if (feature->next_chance == nullptr) continue;
    next = std::min(next, feature->next_chance(connection, since).value_or(HUGE_VAL));
  }
  return next;
}

// False when `timeout` has passed.
bool wait(Connection& connection, CommitWatch& watch, Lifetime timeout) {
  const auto began = std::chrono::steady_clock::now();
  const ShortWait no_wait_for_locks(connection, 0);
  std::optional<double> chance;
  for (;;) {
    if (watch.has_news()) return true;
    // Time has passed. (In a replicated file it only does so with a commit.)
    if (!connection.schema().was_replicated()) connection.clock().start_call();
    bool has_come = false;
    unless_locked([&] {
      if (!chance) chance = next_chance(connection);
      has_come = connection.clock().now() >= *chance;  // reads, for a file may have its own clock
    });
    if (has_come) return true;
    WaitTime sleep = kLookInterval;
    if (timeout.seconds()) {
      const WaitTime waited = std::chrono::steady_clock::now() - began;
      sleep = std::min(sleep, WaitTime(*timeout.seconds()) - waited);
    }
    if (sleep <= WaitTime::zero()) return watch.has_read_news();
    std::this_thread::sleep_for(sleep);
    connection.query("SELECT 1").run();  // ends with an error after an interrupt
  }
}

}  // namespace

void kv_wait(Connection& connection, Call& call) {
  CommitWatch watch(connection);
  constexpr double kDefaultTimeout = 60;
  const Lifetime timeout =
      call.count() > 0 ? lifetime_of(call[0], "timeout") : Lifetime::seconds(kDefaultTimeout);
  check_can_wait(connection);
  call.result(wait(connection, watch, timeout));
  unless_locked([&] { connection.state<Waited>().until = connection.clock().now(); });
}

}  // namespace larder
