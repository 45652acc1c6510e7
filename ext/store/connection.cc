// Everything Larder keeps for one sqlite3*.
#include "store/connection.h"

#include "sqlite/cursors.h"
#include "sqlite/program.h"
#include "store/caller.h"
#include "store/defaults.h"

namespace larder {

namespace {

// The close hook (see store/statement_cache.h): an empty table whose life is that of the kept
// statements.
struct HookTable {
  static constexpr const char* kName = kHookName;
  static constexpr const char* kColumns = "CREATE TABLE x(unused)";

  explicit HookTable(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {
    connection_->statements().open();
  }
  HookTable(const HookTable&) = delete;
  HookTable& operator=(const HookTable&) = delete;
  ~HookTable() { connection_->statements().close(); }

  Connection& state() { return *connection_; }
  void best_index(Index&) {}

  using Cursor = NoRows;

 private:
  std::shared_ptr<Connection> connection_;
};

// Far deeper than any sensible trigger, far less than the smallest thread stack allows.
constexpr int kMostNestedCalls = 16;

}  // namespace

Query Connection::query(Sql sql) {
  if (!statements_.is_open() && !hook_is_hidden_) connect_hook();
  StatementSlot* slot = statements_.slot(sql);
  const bool is_new = !slot->idle;
  Statement statement = is_new ? Statement(db_, sql.text(), SQLITE_PREPARE_PERSISTENT)
                               : std::exchange(slot->idle, Statement());
  if (!statements_.is_open()) visible_.forget();  // nobody tells that there is another authorizer
  if (is_new && !visible_.is_whole(db_, sql.text())) slot = nullptr;
  return Query(std::move(statement), slot, schema_.is_utf8(), is_new);
}

Query Connection::query_compiled(Sql sql) {
  StatementSlot* slot = statements_.slot(sql);
  // Where SQLite does not tell: compiling what begins and ends transactions costs little; the
  // others are needed when there is memory still.
  const Statement& idle = slot->idle;
  if (idle && (idle.depends_on_schema() ? idle.is_expired() : idle.may_be_expired()))
    slot->idle = Statement();
  if (!slot->idle) check_not_emptied(db_, sql.text());
  return query(sql);
}

void Connection::check_caller(bool writes) {
  check_no_statement_calls(*this);
  if (depth_ > own_depth_ + 1) check_led_by_caller(*this);
  if (!is_guarded()) return;
  if (writes) schema_.lock();  // as the check may read the file
  check_called_by_no_table(*this);
}

void Connection::check_reader() {
  if (is_guarded()) check_called_by_no_table(*this);
}

Query Connection::query_once(const char* sql) { return Query(Statement(db_, sql)); }

// Compiling a statement that names the table connects it, also again after a sqlite3_close() that
// failed on the user's own statements. A user's table of that name hides it: then no statement is
// kept.
void Connection::connect_hook() {
  sqlite3_stmt* statement = nullptr;
  const int rc = sqlite3_prepare_v2(db_, "SELECT 1 FROM kv_hook", -1, &statement, nullptr);
  sqlite3_finalize(statement);
  // A locked file was waited for: the caller's own statement must not wait as long again. Any other
  // failure (no memory) will meet that statement next, and be reported there.
  if ((rc & 0xff) == SQLITE_BUSY) throw Error::last(db_, rc);
  if (rc == SQLITE_OK && !statements_.is_open()) hook_is_hidden_ = true;
  if (statements_.is_open()) statements_.renew(db_);
}

bool Connection::is_idle() const {
  return sqlite3_get_autocommit(db_) != 0 && sqlite3_txn_state(db_, nullptr) == SQLITE_TXN_NONE;
}

void Connection::ready() {
  const ReadyConnection defaults(db_);
  relax();
  wal_.at_load();
}

void Connection::enter() {
  // A trigger on one of Larder's tables may call Larder, and so for ever; SQLite's own limit on
  // triggers does not see it.
  if (depth_ >= kMostNestedCalls)
    throw Error("calls are nested too deeply: does a trigger call itself?");
  if (depth_++ > 0) return;
  try {
    clock_.start_call();
    heed_new_schema();
    if (statements_.is_outdated()) start_over();
  } catch (...) {
    --depth_;  // no ~Depth() follows; every later call would be taken for a nested one
    throw;
  }
}

// What was compiled or read under an authorizer must not outlive it. Renewing the statements comes
// last: it may fail, and SQLite may not tell a second time that they are out of date.
void Connection::start_over() {
  visible_.forget();
  schema_.forget();
  hot_.empty();
  statements_.renew(db_);
}

namespace {

void unregister_all(const Connection& connection) noexcept {
  sqlite3* db = connection.db();
  for (const Feature* feature : connection.features()) {
    for (const auto& function : feature->functions) unregister_function(db, function);
    for (const TableEntry* table : feature->tables)
      sqlite3_create_module_v2(db, table->name, nullptr, nullptr, nullptr);
  }
  sqlite3_create_module_v2(db, HookTable::kName, nullptr, nullptr, nullptr);
}

}  // namespace

void register_all(const std::shared_ptr<Connection>& connection) {
  sqlite3* db = connection->db();
  forget_parsed_schema(*connection);
  try {
    register_table<HookTable>(db, connection);
    for (const Feature* feature : connection->features()) {
      for (const auto& function : feature->functions) register_function(db, function, connection);
      for (const TableEntry* table : feature->tables) table->register_table(db, connection);
    }
    if (!connection->is_bare()) connection->ready();
  } catch (...) {
    unregister_all(*connection);
    throw;
  }
}

}  // namespace larder
