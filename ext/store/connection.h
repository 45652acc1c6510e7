// Everything Larder keeps for one sqlite3*. Nothing is shared between connections; SQLite calls us
// under the connection's own mutex, so there are no locks here.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "sqlite/sql.h"
#include "sqlite/statement.h"
#include "store/authorizer.h"
#include "store/clock.h"
#include "store/defaults.h"
#include "store/feature.h"
#include "store/hot/hot_cache.h"
#include "store/hot/lookup.h"
#include "store/schema.h"
#include "store/statement_cache.h"
#include "store/wal_switch.h"

namespace larder {

// What Larder may do on its own.
enum class Mode {
  kReady,  // readies the connection and the file (store/defaults.h)
  kBare,   // touches no pragma, now or later
  kJoin,  // the same, and writes only where the caller writes: it begins and commits no transaction
};

struct Loading {
  Mode mode;
  bool is_guarded;  // nothing in the file, such as a view or a trigger, may have Larder write
};

// The close hook's table (store/statement_cache.h): a connection that has it has loaded Larder.
inline constexpr const char* kHookName = "kv_hook";

class Connection {
 public:
  // `library` lives as long as the connection.
  Connection(std::shared_ptr<void> library, sqlite3* db, std::span<const Feature* const> features,
             Loading loading)
      : library_(std::move(library)),
        db_(db),
        features_(features),
        loading_(loading),
        clock_(*this),
        schema_(*this),
        wal_(*this) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Readies the connection and its file when Larder is loaded (store/defaults.h). Waits for no
  // lock.
  void ready();

  // Sets synchronous to NORMAL once the file is in WAL mode. Call it wherever the file may have
  // come into WAL mode; it does nothing while a transaction is open.
  void relax() {
    if (!is_relaxed_ && !is_bare() && !schema_.was_replicated() && is_idle())
      is_relaxed_ = relax_synchronous(db_);
  }

  sqlite3* db() const { return db_; }
  bool is_bare() const { return loading_.mode != Mode::kReady; }
  bool is_joining() const { return loading_.mode == Mode::kJoin; }
  bool is_guarded() const { return loading_.is_guarded; }
  // In Mode::kJoin, true while the caller is not writing: nothing may be written then.
  bool lacks_transaction() const {
    return is_joining() && sqlite3_txn_state(db_, "main") != SQLITE_TXN_WRITE;
  }
  // Before what is DIRECTONLY, with whether it writes. Throws Error where something of the file's
  // calls, or may be the caller.
  void check_caller(bool writes);
  // The same before a table that is DIRECTONLY is read, which only a table can do: the others call.
  void check_reader();
  std::span<const Feature* const> features() const { return features_; }
  Clock& clock() { return clock_; }
  Schema& schema() { return schema_; }
  WalSwitch& wal() { return wal_; }
  HotCache& hot() { return hot_; }

  // A run of the statement `sql`; compiled at the first use and kept while the close hook holds.
  Query query(Sql sql);

  // The same for a statement that SQLite must not compile while it runs, as that can fail. If the
  // kept one has expired, it is compiled anew here.
  Query query_compiled(Sql sql);

  // Has the schema compared with what is known of it if a statement was compiled meanwhile.
  void heed_new_schema() {
    if (statements_.was_any_compiled()) schema_.doubt();
  }

  // A run of a statement that is not kept: one that is used once, or that has to be put together
  // while the program runs, as a name or a number in it can be no parameter. No value of a user's
  // may be in it but by way of %w or %Q (https://sqlite.org/printf.html).
  Query query_once(const char* sql);

  // True when no transaction is open and no statement is reading or writing: a read now sees the
  // newest commit, and a later write does not depend on it.
  bool is_idle() const;

  // True in a transaction of the caller's, or in a statement of his that is writing.
  bool is_inside() const {
    return sqlite3_get_autocommit(db_) == 0 || sqlite3_txn_state(db_, nullptr) == SQLITE_TXN_WRITE;
  }

  // What feature `T` keeps in memory for this connection, made at first use.
  template <class T>
  T& state();

  // Runs one call of the function or table `name` (see sqlite/function.h). Limits how deep calls
  // nest. Runs the body a second time when the first found that somebody has dropped or changed the
  // tables. Throws Error where SQLite has rolled back the caller's transaction meanwhile, as it
  // does after some errors (https://sqlite.org/lang_transaction.html) and RAISE(ROLLBACK), also if
  // the body has passed over that.
  template <class Body>
  void around(const char* name, Body&& body);

  // True in a call that a call of Larder's has led to, as by a trigger on one of its tables.
  bool is_nested() const { return depth_ > 1; }

  // How many statements run when one of the caller's own does: that, and in a migration's script
  // those around it.
  int callers_statements() const { return callers_statements_; }

  // While it lives, the SQL that runs in a call is the caller's own, as a migration's script is. To
  // be made right before that.
  class CallersSql {
   public:
    explicit CallersSql(Connection& connection)
        : connection_(connection),
          before_(std::exchange(connection.own_depth_, connection.depth_)),
          statements_before_(
              std::exchange(connection.callers_statements_, count_running(connection.db()) + 1)) {}
    CallersSql(const CallersSql&) = delete;
    CallersSql& operator=(const CallersSql&) = delete;
    ~CallersSql() {
      connection_.own_depth_ = before_;
      connection_.callers_statements_ = statements_before_;
    }

   private:
    Connection& connection_;
    int before_;
    int statements_before_;
  };

  // The function or table that is called: of nested calls the innermost.
  const char* callee() const { return callee_; }

  // Connects and disconnects the close hook; called by its virtual table only.
  StatementCache& statements() { return statements_; }

 private:
  // Each type has a number, the same in all connections: its index in states_. It gets it at its
  // first use, because a program that links Larder may open a database before its globals are
  // initialized.
  static inline constinit std::atomic<std::size_t> state_places = 0;
  template <class T>
  static std::size_t state_place() {
    static const std::size_t place = state_places++;
    return place;
  }

  void connect_hook();
  void enter();
  void start_over();

  std::shared_ptr<void> library_;  // first: it goes last
  sqlite3* db_;
  std::span<const Feature* const> features_;
  Loading loading_;
  bool is_relaxed_ = false;
  Clock clock_;
  Schema schema_;
  WalSwitch wal_;
  HotCache hot_;
  StatementCache statements_;
  Visible visible_;
  bool hook_is_hidden_ = false;
  int depth_ = 0;
  int own_depth_ = 0;  // at which the caller's own SQL runs
  int callers_statements_ = 1;
  const char* callee_ = "";
  std::vector<std::shared_ptr<void>> states_;
};

template <class T>
T& Connection::state() {
  const std::size_t place = state_place<T>();
  if (place >= states_.size()) states_.resize(place + 1);
  if (states_[place] == nullptr) states_[place] = std::make_shared<T>();
  return *static_cast<T*>(states_[place].get());
}

template <class Body>
void Connection::around(const char* name, Body&& body) {
  struct Depth {
    Depth(Connection& c, const char* callee) : connection(c), caller(c.callee_) {
      connection.enter();
      connection.callee_ = callee;
    }
    ~Depth() {
      connection.callee_ = caller;
      --connection.depth_;
    }
    Connection& connection;
    const char* caller;
  } depth(*this, name);
  const bool was_in_transaction = sqlite3_get_autocommit(db_) == 0, was_inside = is_inside();
  try {
    body();
  } catch (const Error& error) {
    if (!schema_.is_stale(error)) throw;
    schema_.forget();
    body();
  }
  // (A statement that goes on begins another one, which ends with that statement.)
  if (was_in_transaction ? sqlite3_get_autocommit(db_) != 0 : was_inside && !is_inside())
    throw Error(SQLITE_ABORT_ROLLBACK, "the transaction has been rolled back");
}

// Registers functions, tables and the close hook of `connection` and readies it: all of that or,
// when it throws Error, none.
void register_all(const std::shared_ptr<Connection>& connection);

}  // namespace larder
