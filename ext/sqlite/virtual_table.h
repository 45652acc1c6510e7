// From a plain struct with a cursor to an eponymous virtual table (https://sqlite.org/vtab.html).
//
//   struct NumbersTable {
//     static constexpr const char* kName = "numbers";
//     // WITHOUT ROWID where a rowid is only good for one scan: SQLite joins the rows of several
//     // scans (an OR) by it.
//     static constexpr const char* kColumns = "CREATE TABLE x(n INTEGER)";
//     static constexpr bool kDirectOnly = true;        // optional: not in triggers and views
//     explicit NumbersTable(std::shared_ptr<State> state);
//     State& state();
//     void best_index(Index& index);                   // choose a plan
//     std::int64_t update(Values values);              // optional: makes the table writable; a
//                                                      // row that is in the way is a Conflict
//     void begin(); … void rollback_to(int level);     // optional: see Transactional
//     struct Cursor {
//       explicit Cursor(NumbersTable& table);
//       void filter(int plan, Values arguments);       // start
//       bool at_end() const;
//       void next();
//       void column(sqlite3_context* context, int column);
//       std::int64_t rowid();
//     };
//   };
//   register_table<NumbersTable>(db, state);
//
// `State` as in sqlite/function.h, and with `check_reader()`, which is called before a table that
// is DIRECTONLY is read. All of them may throw: the callbacks here are the boundary.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "sqlite/boundary.h"
#include "sqlite/value.h"

namespace larder {

// Whether an UPDATE names this column, of which `columns` are the values. UPDATE ... FROM hands
// over all of them, and any other statement marks those that it does not set
// (https://sqlite.org/c3ref/vtab_nochange.html).
inline bool is_set_by_hand(Values columns, std::size_t column) {
  const auto is_left = [](sqlite3_value* value) { return sqlite3_value_nochange(value) != 0; };
  return !is_left(columns[column]) && std::any_of(columns.begin(), columns.end(), is_left);
}

// What xBestIndex may read and must fill in.
class Index {
 public:
  explicit Index(sqlite3_index_info* info) : info_(info) {}

  // The usable constraint `column op ?` that compares bytes (a COLLATE NOCASE cannot be handed
  // down), if there is one. `op` is one of SQLITE_INDEX_CONSTRAINT_….
  std::optional<int> find(int column, int op) const {
    for (int i = 0; i < info_->nConstraint; ++i) {
      const auto& constraint = info_->aConstraint[i];
      if (constraint.usable && constraint.iColumn == column && constraint.op == op &&
          sqlite3_stricmp(sqlite3_vtab_collation(info_, i), "BINARY") == 0) {
        return i;
      }
    }
    return std::nullopt;
  }

  // Hands the right side of `constraint` to filter(), after those handed before. SQLite checks the
  // rows again all the same.
  void pass(int constraint) { info_->aConstraintUsage[constraint].argvIndex = ++passed_; }

  // The same for a constraint that filter() alone sees to: SQLite does not check the rows again.
  // That of a key is one, because SQLite would compare with its own text of a REAL (sqlite/key.h).
  void hand_over(int constraint) {
    pass(constraint);
    info_->aConstraintUsage[constraint].omit = 1;
  }

  // True when there is a constraint `column = ?`, also one that cannot be used in this plan.
  bool is_constrained(int column) const {
    for (int i = 0; i < info_->nConstraint; ++i) {
      const auto& constraint = info_->aConstraint[i];
      if (constraint.iColumn == column && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ) return true;
    }
    return false;
  }

  enum class Order { kNone, kAscending, kDescending };

  // How the rows are wanted, if by `column` alone.
  Order order_by(int column) const {
    if (info_->nOrderBy != 1 || info_->aOrderBy[0].iColumn != column) return Order::kNone;
    return info_->aOrderBy[0].desc ? Order::kDescending : Order::kAscending;
  }
  void promise_order() { info_->orderByConsumed = 1; }

  // True when the statement reads `column`.
  bool reads(int column) const { return (info_->colUsed >> (column < 63 ? column : 63)) & 1; }

  // `plan` goes to filter(); `name`, a literal, is what EXPLAIN QUERY PLAN shows.
  void choose(int plan, const char* name, double cost, std::int64_t rows) {
    info_->idxNum = plan;
    info_->idxStr = const_cast<char*>(name);
    info_->needToFreeIdxStr = 0;
    info_->estimatedCost = cost;
    info_->estimatedRows = rows;
  }

 private:
  sqlite3_index_info* info_;
  int passed_ = 0;
};

// What the OR clause of a statement decides about, and nothing else: the row cannot be stored as it
// is, or for one that is there. Thrown by update(), worded as SQLite's own: `UNIQUE constraint
// failed: kv_cache.key`.
class Conflict : public Error {
 public:
  explicit Conflict(std::string message) : Error(SQLITE_CONSTRAINT, std::move(message)) {}
};

template <class Table>
concept Writable = requires(Table table, Values values) {
  { table.update(values) } -> std::same_as<std::int64_t>;
};

// A table that keeps rows in memory can follow the caller's transaction. `level` numbers
// savepoints, outermost first.
template <class Table>
concept Transactional = requires(Table table, int level) {
  table.begin();
  table.commit();
  table.rollback();
  table.savepoint(level);
  table.release(level);
  table.rollback_to(level);
};

namespace detail {

template <class Table, class State>
struct Module {
  struct Handle : sqlite3_vtab {
    Handle(sqlite3* database, std::shared_ptr<State> state)
        : sqlite3_vtab{}, db(database), table(std::move(state)) {}
    sqlite3* db;
    Table table;
  };
  struct CursorHandle : sqlite3_vtab_cursor {
    explicit CursorHandle(Table& table) : sqlite3_vtab_cursor{}, cursor(table) {}
    typename Table::Cursor cursor;
  };

  static bool is_direct_only(const State& state) {
    return requires { Table::kDirectOnly; }
    || (Writable<Table> && state.is_guarded());
  }

  static Table& table(sqlite3_vtab* vtab) { return static_cast<Handle*>(vtab)->table; }
  static typename Table::Cursor& cursor(sqlite3_vtab_cursor* handle) {
    return static_cast<CursorHandle*>(handle)->cursor;
  }

  // A constraint failure already names the table and column, as SQLite's own do.
  static char* message(int code, const char* text) noexcept {
    if (code == SQLITE_CONSTRAINT) return sqlite3_mprintf("%s", text);
    return sqlite3_mprintf("%s: %s", Table::kName, text);
  }

  template <class Body>
  static int guarded(sqlite3_vtab* vtab, Body&& body) noexcept {
    return guard(body, [&](int code, const char* text) {
      sqlite3_free(vtab->zErrMsg);
      vtab->zErrMsg = message(code, text);
    });
  }

  // For the callbacks that start statements of their own.
  template <class Body>
  static int guarded_call(sqlite3_vtab* vtab, Body&& body) noexcept {
    return guarded(vtab, [&] { table(vtab).state().around(Table::kName, body); });
  }

  // SQLite connects also a table that a file says is of this module, under whichever name: a shadow
  // table of FTS, say, which then would be written in Larder's place.
  // https://sqlite.org/vtab.html#eponymous_only_virtual_tables
  static int connect(sqlite3* db, void* aux, int, const char* const* arguments, sqlite3_vtab** vtab,
                     char** error) noexcept {
    return guard(
        [&] {
          constexpr int kNameOfTable = 2;
          if (sqlite3_stricmp(arguments[kNameOfTable], Table::kName) != 0)
            throw Error("a table of another name cannot be of this module");
          check(db, sqlite3_declare_vtab(db, Table::kColumns));
          if constexpr (Writable<Table>) {
            // Lets INSERT OR REPLACE and OR IGNORE through to update(),
            // https://sqlite.org/c3ref/vtab_config.html
            check(db, sqlite3_vtab_config(db, SQLITE_VTAB_CONSTRAINT_SUPPORT, 1));
          }
          const auto& state = *static_cast<std::shared_ptr<State>*>(aux);
          if (is_direct_only(*state)) check(db, sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY));
          *vtab = std::make_unique<Handle>(db, state).release();
        },
        [&](int code, const char* text) { *error = message(code, text); });
  }

  static int disconnect(sqlite3_vtab* vtab) noexcept {
    const std::unique_ptr<Handle> owner(static_cast<Handle*>(vtab));
    return SQLITE_OK;
  }

  static int best_index(sqlite3_vtab* vtab, sqlite3_index_info* info) noexcept {
    return guarded(vtab, [&] {
      Index index(info);
      table(vtab).best_index(index);
    });
  }

  static int open(sqlite3_vtab* vtab, sqlite3_vtab_cursor** handle) noexcept {
    return guarded(vtab, [&] { *handle = std::make_unique<CursorHandle>(table(vtab)).release(); });
  }

  static int close(sqlite3_vtab_cursor* handle) noexcept {
    const std::unique_ptr<CursorHandle> owner(static_cast<CursorHandle*>(handle));
    return SQLITE_OK;
  }

  static int filter(sqlite3_vtab_cursor* handle, int plan, const char*, int count,
                    sqlite3_value** values) noexcept {
    return guarded_call(handle->pVtab, [&] {
      auto& state = table(handle->pVtab).state();
      if (is_direct_only(state)) state.check_reader();
      cursor(handle).filter(plan, Values(values, static_cast<std::size_t>(count)));
    });
  }

  static int next(sqlite3_vtab_cursor* handle) noexcept {
    return guarded(handle->pVtab, [&] { cursor(handle).next(); });
  }

  static int at_end(sqlite3_vtab_cursor* handle) noexcept {
    return cursor(handle).at_end() ? 1 : 0;
  }

  static int column(sqlite3_vtab_cursor* handle, sqlite3_context* context, int index) noexcept {
    return guarded(handle->pVtab, [&] { cursor(handle).column(context, index); });
  }

  static int rowid(sqlite3_vtab_cursor* handle, sqlite3_int64* rowid) noexcept {
    return guarded(handle->pVtab, [&] { *rowid = cursor(handle).rowid(); });
  }

  // SQLite takes every SQLITE_CONSTRAINT of xUpdate for a conflict that the statement's OR clause
  // decides about: it goes on as if nothing had happened, or ends and keeps the rows before. What
  // another table's constraint or a trigger's RAISE has stopped in the middle is no such conflict,
  // and must be undone. Without an OR clause, and with OR REPLACE, SQLite does so, and the error
  // keeps its code.
  static int update(sqlite3_vtab* vtab, int count, sqlite3_value** values,
                    sqlite3_int64* rowid) noexcept {
    const int on_conflict = sqlite3_vtab_on_conflict(static_cast<Handle*>(vtab)->db);
    const int rc = guarded_call(vtab, [&] {
      auto& state = table(vtab).state();
      if (is_direct_only(state)) state.check_caller(true);
      try {
        *rowid = table(vtab).update(Values(values, static_cast<std::size_t>(count)));
      } catch (const Conflict&) {
        throw;
      } catch (const Error& error) {
        const bool is_undone = on_conflict == SQLITE_ABORT || on_conflict == SQLITE_REPLACE;
        if ((error.code() & 0xff) != SQLITE_CONSTRAINT || is_undone) throw;
        throw Error(SQLITE_ERROR, error.message());
      }
    });
    // SQLite goes on, and would have the message be that of an interrupt which stops it later.
    if (rc == SQLITE_CONSTRAINT && on_conflict == SQLITE_IGNORE)
      sqlite3_free(std::exchange(vtab->zErrMsg, nullptr));
    return rc;
  }

  template <auto member>
  static int in_transaction(sqlite3_vtab* vtab) noexcept {
    return guarded(vtab, [&] { (table(vtab).*member)(); });
  }

  template <auto member>
  static int at_savepoint(sqlite3_vtab* vtab, int level) noexcept {
    return guarded(vtab, [&] { (table(vtab).*member)(level); });
  }

  static sqlite3_module make() {
    sqlite3_module module{};
    if constexpr (Transactional<Table>) {
      module.iVersion = 2;
      module.xBegin = in_transaction<&Table::begin>;
      module.xCommit = in_transaction<&Table::commit>;
      module.xRollback = in_transaction<&Table::rollback>;
      module.xSavepoint = at_savepoint<&Table::savepoint>;
      module.xRelease = at_savepoint<&Table::release>;
      module.xRollbackTo = at_savepoint<&Table::rollback_to>;
    }
    module.xConnect = connect;  // no xCreate: the table is eponymous only
    module.xDisconnect = disconnect;
    module.xBestIndex = best_index;
    module.xOpen = open;
    module.xClose = close;
    module.xFilter = filter;
    module.xNext = next;
    module.xEof = at_end;
    module.xColumn = column;
    module.xRowid = rowid;
    if constexpr (Writable<Table>) module.xUpdate = update;
    return module;
  }
};

}  // namespace detail

// Registers `Table` under its name. Each table holds a share of `state`, because SQLite may destroy
// the module before it disconnects the last table. Throws Error.
template <class Table, class State>
void register_table(sqlite3* db, const std::shared_ptr<State>& state) {
  static const sqlite3_module module = detail::Module<Table, State>::make();
  auto share = std::make_unique<std::shared_ptr<State>>(state);
  // SQLite owns the share from here on, and destroys it also when this call fails.
  check(db, sqlite3_create_module_v2(db, Table::kName, &module, share.release(), [](void* aux) {
          const std::unique_ptr<std::shared_ptr<State>> owner(
              static_cast<std::shared_ptr<State>*>(aux));
        }));
}

}  // namespace larder
