// INSERT INTO kv_ledger.
//
//   INSERT INTO kv_ledger(ledger, id, status) SELECT 'import', id, 'done' FROM processed;
#include "ledger/insert.h"

#include <iterator>

#include "ledger/add.h"
#include "ledger/ledger.h"
#include "ledger/ledger_table.h"
#include "store/duration.h"
#include "store/write_scope.h"

namespace larder {

namespace {

// The status that a row is inserted with. Bits, so that a column can say which ones it may come
// with.
enum InsertStatus : unsigned {
  kInsertNone = 0,
  kInsertPending = 1,
  kInsertDone = 2,
  kInsertSkipped = 4,
  kInsertAny = 7
};

// A column of kv_ledger, and the statuses with which it may be set.
struct SettableColumn {
  const char* name;
  unsigned with;
};

// In the order of LedgerTable::Column.
constexpr SettableColumn kSettableColumns[] = {
    {"ledger", kInsertAny},       {"id", kInsertAny},           {"status", kInsertAny},
    {"payload", kInsertAny},      {"result", kInsertDone},      {"attempts", kInsertNone},
    {"error", kInsertSkipped},    {"owner", kInsertNone},       {"token", kInsertNone},
    {"lease_until", kInsertNone}, {"created_at", kInsertAny},   {"done_at", kInsertDone},
    {"expires_at", kInsertDone},  {"priority", kInsertPending}, {"claimable_at", kInsertPending},
    {"claimed_at", kInsertNone},  {"shown_at", kInsertNone},    {"row_key", kInsertNone}};

// ?4 is the status of a settled row, ?5 its payload, ?6 the result, ?7 the reason, ?8 to ?10 its
// times. A row that was there keeps its token, because tokens only grow.
constexpr auto kReplaceSettled = sql(R"(
INSERT INTO main.larder_ledger(ledger, id, status, payload, result, error, created_at, done_at, expires_at)
VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT(ledger, id) DO UPDATE
SET status = excluded.status, payload = excluded.payload, result = excluded.result,
  attempts = 0, error = excluded.error, owner = NULL, {}, created_at = excluded.created_at,
  done_at = excluded.done_at, expires_at = excluded.expires_at, priority = 0, claimed_at = NULL)",
                                     kLedgerOutOfLine);

constexpr auto kAddSettled = sql("{} WHERE {}", kReplaceSettled, kLedgerForgotten);

struct NamedStatus {
  InsertStatus status;
  std::string_view name;
};
constexpr NamedStatus kNamedStatuses[] = {
    {kInsertPending, "pending"}, {kInsertDone, "done"}, {kInsertSkipped, "skipped"}};

InsertStatus insert_status_of(sqlite3_value* value) {
  if (is_null(value)) return kInsertPending;
  const std::string_view given = is_blob(value) ? std::string_view() : text_of(value);
  for (const auto& [status, name] : kNamedStatuses) {
    if (given == name) return status;
  }
  throw Error("status must be 'pending', 'done' or 'skipped'; got " + describe(value));
}

std::string_view status_name(unsigned wanted) {
  for (const auto& [status, name] : kNamedStatuses) {
    if (wanted == status) return name;
  }
  return {};
}

void check_columns(Values columns, InsertStatus status) {
  for (const int key : {LedgerTable::kLedger, LedgerTable::kId}) {
    if (is_null(columns[key]))
      throw Conflict(std::string("NOT NULL constraint failed: kv_ledger.") +
                     kSettableColumns[key].name);
  }
  for (std::size_t i = 0; i < std::size(kSettableColumns); ++i) {
    const SettableColumn& column = kSettableColumns[i];
    if (is_null(columns[i]) || (column.with & status) != 0) continue;
    if (column.with == kInsertNone) throw Error(std::string(column.name) + " cannot be set");
    throw Error(std::string(column.name) + " can only be set with the status '" +
                std::string(status_name(column.with)) + "'");
  }
}

std::optional<double> column_moment(Values columns, LedgerTable::Column column) {
  if (is_null(columns[column])) return std::nullopt;
  return seconds_of(columns[column], kSettableColumns[column].name);
}

constexpr char kIsThere[] = "SELECT 1 FROM main.larder_ledger WHERE ledger = ?1 AND id = ?2";

bool add_settled(Connection& connection, const Entry& entry, Values columns, InsertStatus status,
                 bool replaces) {
  const double now = connection.clock().now();
  auto done_at = column_moment(columns, LedgerTable::kDoneAt);
  const auto created_at = column_moment(columns, LedgerTable::kCreatedAt);
  if (status == kInsertDone && !done_at) done_at = now;
  const Lifetime keep = lifetime_until(columns[LedgerTable::kExpiresAt], now, "expires_at");
  Query add = entry.query(connection, replaces ? Sql(kReplaceSettled) : Sql(kAddSettled));
  add.bind(4, status_name(status));
  add.bind_borrowed(5, columns[LedgerTable::kPayload]);
  add.bind_borrowed(6, columns[LedgerTable::kResult]);
  add.bind_key(7, columns[LedgerTable::kError]);
  add.bind(8, created_at.value_or(done_at.value_or(now))).bind(9, done_at).bind(10, keep.end(now));
  add.run();
  return sqlite3_changes(connection.db()) > 0;
}

bool add_waiting(Connection& connection, const Entry& entry, Values columns, bool replaces) {
  const double now = connection.clock().now();
  const auto claimable_at = column_moment(columns, LedgerTable::kClaimableAt);
  const NewWork work{.payload = columns[LedgerTable::kPayload],
                     .place = Place::from(claimable_at.value_or(now), now),
                     .priority = priority_of(columns[LedgerTable::kPriority]),
                     .created_at = column_moment(columns, LedgerTable::kCreatedAt)};
  return add_work(connection, entry, work, replaces);
}

}  // namespace

void insert_entry(Connection& connection, Values columns, bool replaces) {
  const InsertStatus status = insert_status_of(columns[LedgerTable::kStatus]);
  check_columns(columns, status);
  const Entry entry(columns[LedgerTable::kLedger], columns[LedgerTable::kId]);
  const bool is_stored = status == kInsertPending
                             ? add_waiting(connection, entry, columns, replaces)
                             : add_settled(connection, entry, columns, status, replaces);
  if (is_stored) return;
  if (!entry.query_row(connection, kIsThere).step()) throw not_written("larder_ledger");
  throw Conflict("UNIQUE constraint failed: kv_ledger.ledger, kv_ledger.id");
}

}  // namespace larder
