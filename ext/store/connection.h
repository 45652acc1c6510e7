// Everything Larder keeps for one sqlite3*. Nothing is shared between connections; SQLite calls us
// under the connection's own mutex, so there are no locks here.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "sqlite/statement.h"
#include "store/clock.h"
#include "store/feature.h"
#include "store/hot_cache.h"
#include "store/schema.h"
#include "store/statement_cache.h"

namespace larder {

class Connection {
 public:
  // `bare`: touch no pragma, now or later.
  Connection(sqlite3* db, std::span<const Feature* const> features, bool bare)
      : db_(db), features_(features), bare_(bare), schema_(*this) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Applies the defaults of store/defaults.h; what cannot be read now is looked at again when the
  // file is first read.
  void ready();

  sqlite3* db() const { return db_; }
  bool is_bare() const { return bare_; }
  std::span<const Feature* const> features() const { return features_; }
  Clock& clock() { return clock_; }
  Schema& schema() { return schema_; }
  HotCache& hot() { return hot_; }

  // A run of the statement `sql`, which must be a literal; compiled at the first use and kept while
  // the close hook holds.
  Query query(const char* sql);

  // The same for a statement that must not be compiled while it runs: it has just been, if it had
  // expired.
  Query query_compiled(const char* sql);

  // A run of a statement that is not kept.
  Query query_once(const char* sql);

  // True when no transaction is open and no statement is reading or writing: a read now sees the
  // newest commit, and a later write does not depend on it.
  bool is_idle() const;

  // What feature `T` keeps in memory for this connection, made at first use.
  template <class T>
  T& state();

  // Runs one call of a function or table (see sqlite/function.h): bounds how deep calls nest, and
  // runs the body again when it met tables that were dropped since they were last checked.
  template <class Body>
  void around(Body&& body);

  // Connects and disconnects the close hook; called by its virtual table only.
  StatementCache& statements() { return statements_; }

 private:
  // Each type has a place of its own, the same in all connections; found at its first use, as a
  // program that links Larder may open a database before its own globals are ready.
  static inline constinit std::atomic<std::size_t> state_places = 0;
  template <class T>
  static std::size_t state_place() {
    static const std::size_t place = state_places++;
    return place;
  }

  void connect_hook();
  void enter();

  sqlite3* db_;
  std::span<const Feature* const> features_;
  bool bare_;
  bool is_ready_ = true;
  Clock clock_;
  Schema schema_;
  HotCache hot_;
  StatementCache statements_;
  bool hook_is_hidden_ = false;
  int depth_ = 0;
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
void Connection::around(Body&& body) {
  struct Depth {
    explicit Depth(Connection& c) : connection(c) { connection.enter(); }
    ~Depth() { --connection.depth_; }
    Connection& connection;
  } depth(*this);
  try {
    body();
  } catch (const Error& error) {
    if (!schema_.is_stale(error)) throw;
    schema_.forget();
    body();
  }
}

// Registers functions, tables and the close hook of `connection` and readies it: all of that or,
// when it throws Error, none.
void register_all(const std::shared_ptr<Connection>& connection);

}  // namespace larder
