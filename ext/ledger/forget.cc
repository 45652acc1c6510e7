// ledger_forget(): one id, or a whole ledger in steps.
//
//   SELECT ledger_forget('import', 'id-17');
//   SELECT ledger_forget('import');
#include "ledger/forget.h"

#include "ledger/fence.h"
#include "ledger/ledger.h"
#include "store/steps.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr auto kForgetId = removal_of(sql("ledger = ?1 AND id = ?2 AND {}", kLedgerKnown));

// The rows from the id ?4 to the id ?5.
constexpr auto kIdRange = sql("ledger = ?1 AND id >= ?4 AND id <= ?5");
constexpr auto kForgetIdRange = delete_where(kIdRange);
constexpr auto kSweepIdRange = delete_where(sql("{} AND {}", kIdRange, kLedgerForgotten));

constexpr char kNextLedgerId[] = R"(
SELECT id
FROM main.larder_ledger
WHERE ledger = ?1 AND id > ?4
ORDER BY id
LIMIT 1)";

constexpr char kLastLedgerId[] = R"(
SELECT id
FROM main.larder_ledger
WHERE ledger = ?1
ORDER BY id DESC
LIMIT 1)";

// The last one of the first ?6 + 1 rows of a range.
constexpr auto kEndOfStep = sql(R"(
SELECT id
FROM main.larder_ledger
WHERE {}
ORDER BY id
LIMIT 1 OFFSET ?6)",
                                kIdRange);

// The greatest token of a range, and whether any row of it is forgotten already.
constexpr auto kTokensOfRange = sql(R"(
SELECT max(token), {}
FROM main.larder_ledger
WHERE {})",
                                    has_passed("min(expires_at)", "?3"), kIdRange);

// Goes once through a whole ledger, in the order of the table, up to the id that is the last one at
// the first call. So it ends also when a trigger of a user's keeps rows, or when others add ids
// behind the last one meanwhile. What forgets needs a WriteScope.
class WholeLedger {
 public:
  WholeLedger(Connection& connection, sqlite3_value* ledger)
      : connection_(connection), ledger_(ledger), now_(connection.clock().now()) {}

  // Everything at once. Returns how many ids that were.
  std::int64_t forget() { return find_last() ? forget_until(last_.get()) : 0; }

  // The next `rows` ids.
  Swept forget_next(std::int64_t rows) {
    if (!find_last()) return {0, 0, false};
    OwnedValue high = end_of_step(rows);
    if (!high) return {forget_until(last_.get()), 0, false};
    const std::int64_t removed = forget_until(high.get());
    first_ = next_after(high.get());
    return {removed, rows, first_ != nullptr};
  }

 private:
  OwnedValue next_after(sqlite3_value* id) {
    Query next = connection_.query(kNextLedgerId);
    next.bind_key(1, ledger_).bind(4, id);
    return next.step() ? copy_of(next.value(0)) : nullptr;
  }

  // Nothing when there are fewer rows.
  OwnedValue end_of_step(std::int64_t rows) {
    Query end = connection_.query(kEndOfStep);
    bind(end, last_.get());
    return end.bind(6, rows - 1).step() ? copy_of(end.value(0)) : nullptr;
  }

  // Removes and does not count the rows that were forgotten already: the number must be the same
  // whether or not a sweep came first.
  std::int64_t forget_until(sqlite3_value* high) {
    const auto bind_range = [&](Query& query) { bind(query, high); };
    if (raise_fence_until(high)) run_changing(connection_, kSweepIdRange, bind_range);
    return run_changing(connection_, kForgetIdRange, bind_range);
  }

  // Returns whether any of the rows is forgotten already.
  bool raise_fence_until(sqlite3_value* high) {
    Query rows = connection_.query(kTokensOfRange);
    bind(rows, high);
    rows.step();
    const std::int64_t token = rows.integer(0);
    const bool any_forgotten = rows.integer(1) != 0;
    if (token > 0) raise_meta(connection_, "ledger.fence", token);
    return any_forgotten;
  }

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
    if (last.bind_key(1, ledger_).step()) last_ = copy_of(last.value(0));
    return last_ != nullptr;
  }

  Connection& connection_;
  sqlite3_value* ledger_;
  double now_;
  OwnedValue first_;  // where the next step begins; nullptr is the beginning
  OwnedValue last_;
};

std::int64_t forget_one(Connection& connection, sqlite3_value* ledger, sqlite3_value* id) {
  WriteScope scope(connection);
  const double now = connection.clock().now();
  const std::int64_t removed = remove_row(connection, kForgetId, [&](Query& query) {
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
