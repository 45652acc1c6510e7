// The kv_ledger table.
#include "ledger/ledger_table.h"

#include "ledger/fence.h"
#include "ledger/insert.h"
#include "ledger/ledger.h"
#include "ledger/row_key.h"
#include "ledger/update.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// The plans: 0 when a statement constrains nothing, 1 for the ledger, 2 for the id as well.
constexpr const char* kLedgerPlans[] = {"all", "ledger=?", "ledger=? AND id=?"};

// The SELECT of each plan.
template <const auto& kRows>
struct LedgerSelects {
  static constexpr auto kAll = sql("{} ORDER BY ledger, id", select_entries(kRows));
  static constexpr auto kLedger = sql("{} AND ledger = ?1 ORDER BY id", select_entries(kRows));
  static constexpr auto kOne = sql("{} AND ledger = ?1 AND id = ?2", select_entries(kRows));
  static constexpr Sql kStatements[] = {kAll, kLedger, kOne};
};

constexpr auto kDeleteLedgerEntry = removal_of("ledger = ?1 AND id = ?2");

}  // namespace

void LedgerTable::best_index(Index& index) {
  if (index.find(kShownAt, SQLITE_INDEX_CONSTRAINT_EQ)) throw Error("it takes no argument");
  const auto ledger = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ);
  const auto id = index.find(1, SQLITE_INDEX_CONSTRAINT_EQ);
  int plan = 0;
  if (ledger) {
    index.hand_over(*ledger);
    plan = 1;
    if (id) {
      index.hand_over(*id);
      plan = 2;
    }
  }
  constexpr double kRows[] = {1e6, 1e5, 1};
  index.choose(plan, kLedgerPlans[plan], kRows[plan] * 2 + 1,
               static_cast<std::int64_t>(kRows[plan]));
}

void LedgerTable::Cursor::filter(int plan, Values arguments) {
  clear();
  if (!connection_.schema().has("larder_ledger")) return;
  const Sql* selects = connection_.schema().is_current()
                           ? LedgerSelects<kLedgerRows>::kStatements
                           : LedgerSelects<kLedgerRowsOfVersion1>::kStatements;
  Query query = connection_.query(selects[plan]);
  now_ = connection_.clock().now();
  query.bind(3, now_);
  if (plan >= 1) query.bind_key(1, keep(arguments[0]));
  if (plan == 2) query.bind_key(2, keep(arguments[1]));
  start(std::move(query));
  if (!at_end()) read_key();
}

void LedgerTable::Cursor::read_key() {
  key_before_.swap(key_);
  write_row_key(key_, query_->value(kLedger), query_->value(kId));
}

// Skips a row that has just been shown. It may come a second time when the statement changes it
// while it reads, as SELECT ledger_done(ledger, id, token) FROM kv_ledger does: SQLite then looks
// for its place in a table without rowid by the whole row, and the changed row can stand behind
// that.
void LedgerTable::Cursor::next() {
  do {
    QueryCursor::next();
    if (at_end()) return;
    read_key();
  } while (key_ == key_before_);
}

void LedgerTable::Cursor::column(sqlite3_context* context, int column) {
  // An UPDATE leaves out the columns that it does not set, and update_entry() sees that.
  if (sqlite3_vtab_nochange(context) != 0) return;
  if (column == kRowKey) {
    sqlite3_result_blob64(context, key_.data(), key_.size(), SQLITE_TRANSIENT);
  } else if (column == kShownAt) {
    sqlite3_result_double(context, now_);
  } else {
    QueryCursor::column(context, column);
  }
}

// https://sqlite.org/vtab.html#the_xupdate_method: one value deletes; a NULL first one inserts;
// else it updates. The statement that calls us holds the write lock.
std::int64_t LedgerTable::update(Values values) {
  const std::int64_t rowid = sqlite3_last_insert_rowid(connection_->db());
  StatementScope scope(*connection_);
  if (values.size() == 1) {
    const RowKey key(bytes_of(values[0]));
    remove_row(*connection_, kDeleteLedgerEntry, [&](Query& query) { key.bind(query); });
  } else if (is_null(values[0])) {
    const bool replaces = sqlite3_vtab_on_conflict(connection_->db()) == SQLITE_REPLACE;
    insert_entry(*connection_, values.subspan(2), replaces);
  } else {
    sqlite3_value* key = values[2 + kRowKey];
    if (sqlite3_value_nochange(key) == 0 && bytes_of(key) != bytes_of(values[0]))
      throw Error("row_key cannot be changed");
    update_entry(*connection_, RowKey(bytes_of(values[0])), values.subspan(2));
  }
  return rowid;
}

constinit const TableEntry kLedgerTable = table_entry<LedgerTable>(
    "kv_ledger(ledger, id, status, payload, result, attempts, error, owner, token, lease_until, "
    "created_at, done_at, expires_at, priority, claimable_at, claimed_at)",
    "What is done and what is to be done, a row for each id.");

}  // namespace larder
