// UPDATE kv_ledger.
//
//   UPDATE kv_ledger SET status = 'pending', attempts = 0 WHERE status = 'dead';
//
//   UPDATE kv_ledger SET priority = 10 WHERE ledger = 'import' AND id = 'urgent';
//
//   UPDATE kv_ledger SET claimable_at = kv_clock() + 3600 WHERE status = 'failed';
#include "ledger/update.h"

#include <array>
#include <string>

#include "ledger/ledger_table.h"
#include "ledger/line.h"
#include "store/overflow.h"

namespace larder {

namespace {

// What the rules below want to know, and then whether each column is as it is to be: column i is
// ?4 + i. (The payload may be large, and set to anything: it is not compared.)
constexpr auto kCompareEntry = sql(R"(
SELECT status, id,
  ledger IS ?4, id IS ?5, status IS ?6, true, result IS ?8, attempts IS ?9, error IS ?10, owner IS ?11,
  token IS ?12, lease_until IS ?13, created_at IS ?14, done_at IS ?15, expires_at IS ?16,
  priority IS ?17, claimable_at IS ?18, claimed_at IS ?19
FROM ({} AND ledger = ?1 AND id = ?2))",
                                   select_entries(kLedgerRows));
// The status as it was shown at ?3.
constexpr auto kCompareStatus =
    sql("SELECT status IS ?4 FROM ({} AND ledger = ?1 AND id = ?2)", select_entries(kLedgerRows));
constexpr int kFirstCompared = 2;
constexpr int kFirstGiven = 4;

constexpr char kSetPayload[] = R"(
UPDATE main.larder_ledger
SET payload = ?4
WHERE ledger = ?1 AND id = ?2)";

constexpr char kSetPriority[] = R"(
UPDATE main.larder_ledger
SET priority = ?4
WHERE ledger = ?1 AND id = ?2)";

constexpr char kResetAttempts[] = R"(
UPDATE main.larder_ledger
SET attempts = 0
WHERE ledger = ?1 AND id = ?2)";

// ?4 is the status. Who has claimed the row until its lease ended has lost it for good. What was
// skipped may have no token yet.
constexpr auto kSetPlace = sql(R"(
UPDATE main.larder_ledger
SET status = ?4, owner = NULL, in_line_since = ?6, claimable_at = ?7, token = coalesce(token, {})
WHERE ledger = ?1 AND id = ?2)",
                               kLedgerNewToken);

// A row, and what an UPDATE makes of it. Everything is checked before anything is changed.
class EntryUpdate {
 public:
  EntryUpdate(Connection& connection, const RowKey& key, Values columns)
      : connection_(connection), key_(key), columns_(columns), now_(connection.clock().now()) {}

  void run() {
    if (!compare()) return;
    check();
    const bool moves = waits_again() || is_changed(LedgerTable::kClaimableAt);
    const Place place = place_wanted();
    const std::int64_t priority = priority_of(columns_[LedgerTable::kPriority]);
    if (is_changed(LedgerTable::kPriority)) query(kSetPriority).bind(4, priority).run();
    if (is_changed(LedgerTable::kAttempts)) query(kResetAttempts).run();
    if (moves) move_to(place);
    if (sqlite3_value_nochange(columns_[LedgerTable::kPayload]) == 0)
      query(kSetPayload).bind_borrowed(4, columns_[LedgerTable::kPayload]).run();
  }

 private:
  Query query(Sql sql) const {
    Query query = connection_.query(sql);
    key_.bind(query);
    return query;
  }

  // False when the row has gone. UPDATE ... FROM hands over every column, also those it does not
  // set: what equals the row is not a change.
  bool compare() {
    if (is_set_by_hand(columns_, LedgerTable::kShownAt)) throw Error("shown_at cannot be set");
    Query row = query(kCompareEntry);
    row.bind(3, now_);
    for (const int key : {LedgerTable::kLedger, LedgerTable::kId})
      row.bind_key(kFirstGiven + key, columns_[static_cast<std::size_t>(key)]);
    for (int i = LedgerTable::kStatus; i < LedgerTable::kShownAt; ++i) {
      if (i != LedgerTable::kPayload)
        row.bind_borrowed(kFirstGiven + i, columns_[static_cast<std::size_t>(i)]);
    }
    if (!row.step()) return false;
    status_ = row.text(0);
    id_ = describe(row.value(1));
    for (int i = 0; i < LedgerTable::kShownAt; ++i) {
      changed_[static_cast<std::size_t>(i)] =
          row.integer(kFirstCompared + i) == 0 &&
          sqlite3_value_nochange(columns_[static_cast<std::size_t>(i)]) == 0;
    }
    if (is_changed(LedgerTable::kStatus) && is_status_as_shown())
      changed_[LedgerTable::kStatus] = false;
    return true;
  }

  // It may have become another since, by the end of a lease.
  bool is_status_as_shown() const {
    if (is_null(columns_[LedgerTable::kShownAt])) return false;
    Query shown = query(kCompareStatus);
    shown.bind(3, columns_[LedgerTable::kShownAt]);
    shown.bind_borrowed(4, columns_[LedgerTable::kStatus]);
    return shown.step() && shown.integer(0) != 0;
  }

  bool is_changed(LedgerTable::Column column) const { return changed_[column]; }
  bool waits_again() const { return is_changed(LedgerTable::kStatus); }

  void check() {
    using Table = LedgerTable;
    for (int i = 0; i < Table::kShownAt; ++i) {
      const bool may_change = i == Table::kStatus || i == Table::kAttempts ||
                              i == Table::kPriority || i == Table::kClaimableAt;
      if (changed_[static_cast<std::size_t>(i)] && !may_change)
        throw Error("only payload, priority, claimable_at, status and attempts can be changed");
    }
    if (waits_again()) check_status();
    const bool waits = waits_again() || status_ == "pending" || status_ == "failed";
    const bool changes_waiting = is_changed(Table::kPriority) || is_changed(Table::kClaimableAt) ||
                                 is_changed(Table::kAttempts);
    if (changes_waiting && !waits) {
      throw Error("priority, claimable_at and attempts can only be changed of what waits; " + id_ +
                  " is " + status_);
    }
    if (is_changed(Table::kAttempts) && integer_of(columns_[Table::kAttempts], "attempts") != 0)
      throw Error("attempts can only be changed to 0; got " + describe(columns_[Table::kAttempts]));
  }

  void check_status() const {
    sqlite3_value* wanted = columns_[LedgerTable::kStatus];
    const bool may_wait = status_ == "dead" || status_ == "failed" || status_ == "skipped";
    if (may_wait && !is_blob(wanted) && text_of(wanted) == "pending") return;
    throw Error("status can only be changed from 'dead', 'failed' or 'skipped' to 'pending'; got " +
                describe(wanted) + " for " + id_ + ", which is " + status_);
  }

  Place place_wanted() const {
    if (!is_changed(LedgerTable::kClaimableAt)) return Place::from(now_, now_);
    return Place::from(seconds_of(columns_[LedgerTable::kClaimableAt], "claimable_at"), now_);
  }

  void move_to(const Place& place) {
    const std::string status = waits_again() ? "pending" : status_;
    Query move = query(kSetPlace);
    move.bind(4, std::string_view(status));
    place.bind(move);
    taking_token([&] { move.run(); });
  }

  Connection& connection_;
  const RowKey& key_;
  Values columns_;
  double now_;
  std::string status_;  // as it is shown
  std::string id_;      // in a message
  std::array<bool, LedgerTable::kShownAt> changed_{};
};

}  // namespace

void update_entry(Connection& connection, const RowKey& key, Values columns) {
  EntryUpdate(connection, key, columns).run();
}

}  // namespace larder
