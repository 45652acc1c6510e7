// ledger_forget(): one id, or a whole ledger in steps.
//
//   SELECT ledger_forget('import', 'id-17');
//   SELECT ledger_forget('import');
#include "ledger/forget.h"

#include <algorithm>

#include "ledger/fence.h"
#include "ledger/ledger.h"
#include "store/steps.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr auto kForgetId = removal_of(sql("ledger = ?1 AND id = ?2 AND {}", kLedgerKnown));

// The rows from the id ?4 to the id ?5.
constexpr auto kIdRange = sql("ledger = ?1 AND id >= ?4 AND id <= ?5");
constexpr auto kForgetIdRange = removal_of(kIdRange);
constexpr auto kSweepIdRange = removal_of(sql("{} AND {}", kIdRange, kLedgerForgotten));

constexpr char kLastLedgerId[] = "SELECT max(id) FROM main.larder_ledger WHERE ledger = ?1";

constexpr auto kReadIdRange = sql(R"(
SELECT id, {}
FROM main.larder_ledger
WHERE {}
ORDER BY id
LIMIT ?6)",
                                  kLedgerForgotten, kIdRange);

// Goes once through a whole ledger, in the order of the table, up to the id that is the last one at
// the first call. So it ends also when a trigger of a user's keeps rows, or when others add ids
// behind the last one meanwhile. What forgets needs a WriteScope.
class WholeLedger {
 public:
  WholeLedger(Connection& connection, sqlite3_value* ledger)
      : connection_(connection), ledger_(ledger), now_(connection.clock().now()) {}

  // Everything at once. Returns how many ids that were.
  std::int64_t forget() { return find_last() ? forget_until(last_.get(), true) : 0; }

  // The next `rows` ids.
  Swept forget_next(std::int64_t rows) {
    if (!find_last()) return {0, 0, false};
    std::int64_t seen = 0;
    bool any_forgotten = false;
    OwnedValue high, next;
    {
      Query ids = connection_.query(kReadIdRange);
      bind(ids, last_.get());
      ids.bind(6, rows + 1);
      for (; ids.step(); ++seen) {
        if (seen == rows - 1) high = copy_of(ids.value(0));
        if (seen == rows) next = copy_of(ids.value(0));
        any_forgotten = any_forgotten || ids.integer(1) != 0;
      }
    }
    const std::int64_t removed = forget_until(next ? high.get() : last_.get(), any_forgotten);
    first_ = std::move(next);
    return {removed, std::min(seen, rows), first_ != nullptr};
  }

 private:
  void bind(Query& query, sqlite3_value* high) {
    query.bind_key(1, ledger_).bind(3, now_).bind(5, high);
    if (first_) {
      query.bind(4, first_.get());
    } else {
      query.bind(4, std::string_view());  // no id is less than the empty text
    }
  }

  // False when the ledger is empty.
  bool find_last() {
    if (last_) return true;
    Query last = connection_.query(kLastLedgerId);
    if (last.bind_key(1, ledger_).step() && !last.is_null(0)) last_ = copy_of(last.value(0));
    return last_ != nullptr;
  }

  // Removes and does not count the rows that were forgotten already: the number must be the same
  // whether or not a sweep came first.
  std::int64_t forget_until(sqlite3_value* high, bool any_forgotten) {
    if (any_forgotten)
      remove_rows(connection_, kSweepIdRange, [&](Query& query) { bind(query, high); });
    return remove_rows(connection_, kForgetIdRange, [&](Query& query) { bind(query, high); });
  }

  Connection& connection_;
  sqlite3_value* ledger_;
  double now_;
  OwnedValue first_;  // nullptr is the beginning
  OwnedValue last_;
};

std::int64_t forget_one(Connection& connection, sqlite3_value* ledger, sqlite3_value* id) {
  WriteScope scope(connection);
  const double now = connection.clock().now();
  const std::int64_t removed = remove_rows(connection, kForgetId, [&](Query& query) {
    query.bind_key(1, ledger).bind_key(2, id).bind(3, now);
  });
  scope.commit();
  return removed;
}

// Steps let other processes write in between. In a caller's transaction, or while a statement
// reads, they could not commit, so everything goes at once.
std::int64_t forget_all(Connection& connection, sqlite3_value* ledger) {
  if (connection.is_idle()) {
    WholeLedger whole(connection, ledger);
    return remove_in_steps(
        connection, [&](std::int64_t rows, std::int64_t) { return whole.forget_next(rows); });
  }
  WriteScope scope(connection);
  const std::int64_t removed = WholeLedger(connection, ledger).forget();
  scope.commit();
  return removed;
}

}  // namespace

void ledger_forget(Connection& connection, Call& call) {
  sqlite3_value* ledger = call.required(0, "ledger");
  call.result(call.count() == 1 ? forget_all(connection, ledger)
                                : forget_one(connection, ledger, call.required(1, "id")));
}

}  // namespace larder
