// What kv_sweep() does with rows of users' tables.
#include <algorithm>
#include <memory>
#include <optional>

#include "expiry/conflict.h"
#include "expiry/due_rows.h"
#include "expiry/expiry.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kFindRule[] = R"(
SELECT 1
FROM main.larder_expiry
WHERE table_name = ?1 AND column_name = ?2 AND after IS ?3 AND unit = ?4)";

constexpr char kNoteSweep[] = R"(
UPDATE main.larder_expiry
SET last_swept_at = ?2, error = ?3
WHERE table_name = ?1 AND (last_swept_at IS NOT ?2 OR error IS NOT ?3))";

// False when `error` is about the file, the memory or the process: then nothing goes on.
bool is_of_the_table(const Error& error) {
  switch (error.code() & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_READONLY:
      return false;
    default:
      return true;
  }
}

// True when a deferred foreign key, which only the COMMIT would check, is violated by now.
bool owes_foreign_keys(sqlite3* db) {
  int owes = 0, highest = 0;
  sqlite3_db_status(db, SQLITE_DBSTATUS_DEFERRED_FKS, &owes, &highest, 0);
  return owes != 0;
}

bool is_autocommit(sqlite3* db) { return sqlite3_get_autocommit(db) != 0; }

// The sweep of one table. It ends at the first error of the table's own, which is noted with the
// rule.
class TableSweep {
 public:
  TableSweep(Connection& connection, ExpiryRule rule, std::string error)
      : connection_(connection), rule_(std::move(rule)), error_(std::move(error)) {
    if (error_.empty()) guard_table([&] { begin(); });
  }

  // One step, in a transaction that has the write lock. `is_ours`: it is none of the caller's.
  Swept step(std::int64_t rows, std::int64_t most, bool is_ours) {
    sqlite3* db = connection_.db();
    Swept swept{0, 0, false};
    if (error_.empty() && is_in_force()) guard_table([&] { swept = remove(rows, most); });
    if (sqlite3_txn_state(db, "main") != SQLITE_TXN_WRITE) {
      // A trigger has rolled all of it back. The scope around this step is going to commit.
      if (!is_ours) throw Error(SQLITE_CONSTRAINT, error_);
      connection_.query_once("BEGIN").run();
      swept = {0, 0, false};
    }
    note_sweep();
    if (!error_.empty()) swept.more = false;
    return swept;
  }

 private:
  // Runs `body`. An error of the table's own is kept.
  template <class Body>
  void guard_table(Body&& body) {
    try {
      body();
    } catch (const Error& error) {
      if (!is_of_the_table(error)) throw;
      error_ = error.message();
    }
  }

  void begin() {
    target_.emplace(connection_, rule_);
    if (is_written_meanwhile(connection_, target_->deletion()))
      throw Error("the statement that calls kv_sweep() writes it, too");
    latest_due_ = rule_.latest_due(connection_.clock().now());
    rows_ = find_due_rows(connection_, *target_, latest_due_);
  }

  // Somebody may have found out, and taken the rule back, while its rows go.
  bool is_in_force() {
    Query rule = connection_.query(kFindRule);
    return rule.bind(1, std::string_view(rule_.table))
        .bind(2, std::string_view(rule_.column))
        .bind(3, rule_.after)
        .bind(4, std::string_view(rule_.unit->name))
        .step();
  }

  Swept remove(std::int64_t rows, std::int64_t most) {
    const std::span<DueRow> due = rows_->next(rows, most);
    const std::int64_t removed = delete_rows(due);
    const bool more = !rows_->is_at_end();
    return {removed, more ? rows : static_cast<std::int64_t>(due.size()), more};
  }

  // Deletes up to the first error of the table's own. What went before it stays deleted, unless a
  // deferred foreign key objects.
  std::int64_t delete_rows(std::span<DueRow> due) {
    sqlite3* db = connection_.db();
    const bool owed = owes_foreign_keys(db);
    std::int64_t removed = 0;
    Transaction part(connection_);
    guard_table([&] {
      Query deletion = connection_.query_once(target_->deletion().c_str());
      deletion.bind(1, latest_due_);
      for (DueRow& row : due) {
        deletion.reset();
        bind_row_key(deletion, 2, row.key);
        deletion.run();
        row.is_kept = sqlite3_changes(db) == 0;
        if (!row.is_kept) ++removed;
      }
    });
    if (!part.is_joined() && !owed && owes_foreign_keys(db))
      throw Error(SQLITE_CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
    if (sqlite3_txn_state(db, "main") == SQLITE_TXN_WRITE) part.commit();
    return removed;
  }

  void note_sweep() {
    Query note = connection_.query(kNoteSweep);
    note.bind(1, std::string_view(rule_.table)).bind(2, connection_.clock().now());
    if (error_.empty()) {
      note.bind_null(3);
    } else {
      note.bind(3, std::string_view(error_));
    }
    note.run();
  }

  Connection& connection_;
  ExpiryRule rule_;
  std::string error_;
  std::optional<Target> target_;
  double latest_due_ = 0;
  std::unique_ptr<DueRows> rows_;
};

// One table after the other.
class ExpirySweep {
 public:
  explicit ExpirySweep(Connection& connection)
      : db_(connection.db()), began_in_autocommit_(is_autocommit(db_)) {
    if (!connection.schema().has("larder_expiry")) return;
    for_each_rule(connection, [&](const ExpiryRule& rule, const std::string& error) {
      tables_.push_back(std::make_unique<TableSweep>(connection, rule, error));
    });
  }

  Swept step(std::int64_t rows, std::int64_t most) {
    if (at_ == tables_.size()) return {0, 0, false};
    const bool is_ours = began_in_autocommit_ && !is_autocommit(db_);
    const Swept swept = tables_[at_]->step(rows, most, is_ours);
    if (!swept.more) ++at_;
    return {swept.removed, swept.handled, at_ < tables_.size()};
  }

 private:
  sqlite3* db_;
  bool began_in_autocommit_;
  std::vector<std::unique_ptr<TableSweep>> tables_;
  std::size_t at_ = 0;
};

}  // namespace

Sweeper sweep_expiry(Connection& connection) {
  const auto sweep = std::make_shared<ExpirySweep>(connection);
  return [sweep](std::int64_t rows, std::int64_t most) { return sweep->step(rows, most); };
}

}  // namespace larder
