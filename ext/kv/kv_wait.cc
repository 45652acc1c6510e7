// kv_wait(): sleeps until somebody commits, or until something can be done for which nobody has to.
//
//   SELECT ledger_next('q', '5m');  -- NULL: there is nothing to do
//   SELECT kv_wait();               -- 1 once there may be something
#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

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

enum class FirstLook { kToCome, kLocked, kDone };

// What this connection knows of its waits before.
struct Waited {
  double until = -HUGE_VAL;  // what the clock had made possible by then it has been told
  FirstLook first_look = FirstLook::kToCome;  // at the file
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
    const bool can_read =
        unless_locked([&] { connection_.query("PRAGMA main.data_version").run(); });
    if (!can_read) is_mapped_ = false;  // and so it is read again
    return ends_first_lock(can_read) || has_read_news();
  }

  // True when a read of this call, of whatever it was, has found a commit of others.
  bool has_read_news() const { return WalIndex::page_version(connection_.db()) != seen_; }

 private:
  // A connection that reads for the first time finds no data version moved. So what kept it from
  // doing that counts as a commit.
  bool ends_first_lock(bool can_read) {
    FirstLook& first_look = connection_.state<Waited>().first_look;
    if (can_read) return std::exchange(first_look, FirstLook::kDone) == FirstLook::kLocked;
    if (first_look == FirstLook::kToCome) first_look = FirstLook::kLocked;
    return false;
  }

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

// The clock's part: a moment at which something becomes possible for which nobody has to commit.
class ClockWatch {
 public:
  explicit ClockWatch(Connection& connection) : connection_(connection) {}

  bool has_come() {
    // Time has passed. (In a replicated file it only does so with a commit.)
    if (!connection_.schema().was_replicated()) connection_.clock().start_call();
    bool has_come = false;
    unless_locked([&] {
      if (!is_known_) chance_ = next_chance();
      is_known_ = true;
      const double now = connection_.clock().now();
      connection_.state<Waited>().until = now;
      has_come = now >= chance_;
    });
    return has_come;
  }

  // Whoever is told that there may be something asks for all that is possible now.
  void is_told() {
    unless_locked([&] { connection_.state<Waited>().until = connection_.clock().now(); });
  }

 private:
  // The first such moment since the latest wait. The clock may have been set back since.
  double next_chance() {
    const double since = std::min(connection_.state<Waited>().until, connection_.clock().now());
    double next = HUGE_VAL;
    for (const Feature* feature : connection_.features()) {
      if (feature->next_chance == nullptr) continue;
      next = std::min(next, feature->next_chance(connection_, since).value_or(HUGE_VAL));
    }
    return next;
  }

  Connection& connection_;
  double chance_ = 0;
  bool is_known_ = false;
};

// False when `timeout` has passed.
bool wait(Connection& connection, CommitWatch& commits, Lifetime timeout) {
  const auto began = std::chrono::steady_clock::now();
  ClockWatch clock(connection);
  for (;;) {
    if (commits.has_news()) {
      clock.is_told();
      return true;
    }
    if (clock.has_come()) return true;
    WaitTime sleep = kLookInterval;
    if (timeout.seconds()) {
      const WaitTime waited = std::chrono::steady_clock::now() - began;
      sleep = std::min(sleep, WaitTime(*timeout.seconds()) - waited);
    }
    if (sleep <= WaitTime::zero()) return commits.has_read_news();
    std::this_thread::sleep_for(sleep);
    // Ends with an error after an interrupt.
    unless_locked([&] { connection.query("SELECT 1").run(); });
  }
}

}  // namespace

void kv_wait(Connection& connection, Call& call) {
  CommitWatch commits(connection);
  constexpr double kDefaultTimeout = 60;
  const Lifetime timeout =
      call.count() > 0 ? lifetime_of(call[0], "timeout") : Lifetime::seconds(kDefaultTimeout);
  check_can_wait(connection);
  const ShortWait no_wait_for_locks(connection, 0);
  call.result(wait(connection, commits, timeout));
}

}  // namespace larder
