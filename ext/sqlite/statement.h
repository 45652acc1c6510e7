// Prepared statements: `Statement` owns one, `Query` is one run of it.
//
//   Query query = connection.query(kSelectName);
//   query.bind(1, id);
//   while (query.step()) use(query.text(0));
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sqlite/error.h"

namespace larder {

class Statement {
 public:
  Statement() = default;

  // Compiles the first statement of `sql`, which must end with a NUL. `flags` as for
  // sqlite3_prepare_v3; `tail`, if given, receives where the next statement begins. Empty when
  // `sql` holds nothing but space and comments. Throws Error.
  Statement(sqlite3* db, const char* sql, unsigned flags = 0, const char** tail = nullptr);

  sqlite3_stmt* get() const { return handle_.get(); }
  // How often SQLite has compiled it again since this was last asked.
  int recompiled() const { return sqlite3_stmt_status(get(), SQLITE_STMTSTATUS_REPREPARE, 1); }

  // True when its next run would first compile it again, because something it depends on has
  // changed. Where SQLite does not tell, the first says no, the second yes.
  bool is_expired() const { return tell_expired().value_or(false); }
  bool may_be_expired() const { return tell_expired().value_or(true); }
  // The same, exactly, of a statement that does no harm: where SQLite does not tell, it is run,
  // which shows it. (An interrupt in it counts as yes.)
  bool has_expired() const;

  // False for a statement that means the same whatever the schema: one that begins or ends a
  // transaction, and a pragma, which SQLite compiles anew in every run.
  bool depends_on_schema() const;
  // True for one that begins or ends a savepoint.
  bool is_about_savepoint() const;

  explicit operator bool() const { return handle_ != nullptr; }

 private:
  // Nothing where SQLite does not tell.
  std::optional<bool> tell_expired() const;

  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalizer> handle_;
};

// Where a statement waits between two runs. A run takes it out and brings it back. A second run at
// the same time (a user's trigger that calls Larder) finds the place empty and compiles its own.
struct StatementSlot {
  Statement idle;
  bool keeps;  // false while statements must not outlive their run (see store/statement_cache.h)
  bool* was_compiled;  // set when the statement was compiled for a run, or again in it
};

class Query {
 public:
  // Runs `statement`; at the end it goes back into `slot` if that keeps it, and is finalized
  // otherwise. `is_utf8`: the caller knows that the main database stores texts as UTF-8. `is_new`:
  // this is the first run of `statement`.
  Query(Statement statement, StatementSlot* slot, bool is_utf8, bool is_new)
      : statement_(std::move(statement)),
        slot_(slot),
        is_utf8_(is_utf8),
        is_new_(is_new),
        is_ours_(true) {}
  // Runs a statement that need not do anything, such as one of the user's.
  explicit Query(Statement statement) : statement_(std::move(statement)) {}
  Query(Query&&) = default;
  Query& operator=(Query&&) = delete;
  ~Query();

  // Parameters count from 1. One that is not bound is NULL: nothing is left of the run before.
  // Texts and keys are not copied: they must live until the run ends.
  Query& bind(int index, std::int64_t value);
  Query& bind(int index, double value);
  Query& bind(int index, std::string_view text);
  Query& bind(int index, sqlite3_value* value);         // copies
  Query& bind(int index, std::optional<double> value);  // nothing is NULL
  Query& bind_null(int index);

  // For a column of TEXT affinity, which makes 42 and '42' one key; a REAL becomes text here, as
  // sqlite/key.h says.
  Query& bind_key(int index, sqlite3_value* key);

  // A value that lives until the run ends: a text is not copied.
  Query& bind_borrowed(int index, sqlite3_value* value);

  Query& bind_blob(int index, std::string_view bytes);

  // True when a row is there, false when the run is over. Throws Error.
  bool step();
  // The same as a result code of SQLite's: SQLITE_ROW, SQLITE_DONE, or that of the failure.
  int try_step() noexcept;

  // To the end, whatever rows come.
  void run() {
    while (step()) {
    }
  }

  // Back to before the first step; what is bound stays.
  void reset() {
    sqlite3_reset(get());
    has_begun_ = false;
  }

  // The statement is not kept after this run.
  void discard() { slot_ = nullptr; }

  // Columns count from 0 and are valid until the next step.
  sqlite3_value* value(int column) const { return sqlite3_column_value(get(), column); }
  bool is_null(int column) const { return sqlite3_column_type(get(), column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(get(), column); }
  double real(int column) const { return sqlite3_column_double(get(), column); }
  std::optional<double> optional_real(int column) const {  // NULL is nothing
    sqlite3_value* found = value(column);  // one call under the connection's mutex, not two
    if (sqlite3_value_type(found) == SQLITE_NULL) return std::nullopt;
    return sqlite3_value_double(found);
  }
  std::string text(int column) const;

  // False for a statement under which an authorizer may have hidden something: it has no slot.
  bool is_whole() const { return slot_ != nullptr; }
  // True when what this run reads is what a later one would: statements are kept, and this one has
  // not been compiled again, by an authorizer that nobody has looked at.
  bool is_kept() const { return is_whole() && slot_->keeps && !was_recompiled(); }
  // True when this is the first run of the statement, which has just been compiled.
  bool is_new() const { return is_new_; }
  // True when it has been compiled since its last run, and so under a schema that may be new.
  bool was_compiled() const { return was_recompiled() || is_new_; }
  // True when it has been compiled again in this run.
  bool was_recompiled() const { return recompiled() > 0; }
  bool is_expired() const { return statement_.is_expired(); }
  bool may_be_expired() const { return statement_.may_be_expired(); }
  // True between the first step and the end of the run.
  bool is_running() const { return sqlite3_stmt_busy(get()) != 0; }

  sqlite3_stmt* get() const { return statement_.get(); }

 private:
  // A bit for each parameter, those beyond 64 share it with others.
  static constexpr std::uint64_t bit_of(int index) { return std::uint64_t{1} << (index & 63); }
  void check_bound(int index, int rc);
  bool is_done() const;
  int steps() const { return sqlite3_stmt_status(get(), SQLITE_STMTSTATUS_VM_STEP, 0); }
  int recompiled() const { return recompiled_ += statement_.recompiled(); }
  void check_did_something();

  Statement statement_;
  StatementSlot* slot_ = nullptr;
  bool is_utf8_ = false;
  bool is_new_ = true;
  bool is_ours_ = false;
  bool has_begun_ = false;
  mutable int recompiled_ = 0;  // times, in this run
  int rows_changed_ = 0;        // by all statements of the connection, until this run began
  // The parameters that may be other than NULL; they are cleared after the run. (A text that is the
  // caller's may be freed while sqlite3_expanded_sql() still reads it; a large copy would live as
  // long as the connection.)
  std::uint64_t bound_ = 0;
};

// True when `condition` is true of a statement that runs on `db`, whosoever it is.
template <class Condition>
bool any_running(sqlite3* db, Condition&& condition) {
  for (sqlite3_stmt* each = sqlite3_next_stmt(db, nullptr); each != nullptr;
       each = sqlite3_next_stmt(db, each)) {
    if (sqlite3_stmt_busy(each) != 0 && condition(each)) return true;
  }
  return false;
}

inline int count_running(sqlite3* db) {
  int count = 0;
  any_running(db, [&](sqlite3_stmt*) { return ++count == 0; });
  return count;
}

}  // namespace larder
