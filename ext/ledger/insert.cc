// INSERT INTO kv_ledger.
//
//   INSERT INTO kv_ledger(ledger, id, status) SELECT 'import', id, 'done' FROM processed;
#include "ledger/insert.h"

#include <iterator>

#include "ledger/ledger.h"
#include "ledger/ledger_tables.h"

namespace larder {

namespace {

// What a status may come with.
enum Status : unsigned { kNone = 0, kPending = 1, kDone = 2, kSkipped = 4, kAny = 7 };

struct Settable {
  const char* name;
  unsigned with;
};

// In the order of LedgerTable::Column.
constexpr Settable kSettable[] = {{"ledger", kAny},       {"id", kAny},         {"status", kAny},
                                  {"payload", kAny},      {"result", kDone},    {"attempts", kNone},
                                  {"error", kSkipped},    {"owner", kNone},     {"token", kNone},
                                  {"lease_until", kNone}, {"created_at", kAny}, {"done_at", kDone},
                                  {"expires_at", kDone},  {"row_key", kNone}};

// A row that is settled: ?4 is its status, ?5 the payload, ?6 the result, ?7 the reason, ?8 to ?10
// its times. The token of a row that was there stays, as tokens only grow.
#define INSERT_SETTLED                                                                      \
  "INSERT INTO main.larder_ledger(ledger, id, status, payload, result, error, created_at, " \
  "done_at, expires_at) VALUES (?1, ?2, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "                      \
  "ON CONFLICT(ledger, id) DO UPDATE "                                                      \
  "SET status = excluded.status, payload = excluded.payload, result = excluded.result, "    \
  "attempts = 0, error = excluded.error, owner = NULL, claimable_at = NULL, "               \
  "created_at = excluded.created_at, done_at = excluded.done_at, expires_at = excluded.expires_at"

constexpr char kAdd[] = INSERT_SETTLED " WHERE " LARDER_LEDGER_FORGOTTEN;
constexpr char kReplace[] = INSERT_SETTLED;

Status status_of(sqlite3_value* value) {
  if (is_null(value)) return kPending;
  const std::string_view status = is_blob(value) ? std::string_view() : text_of(value);
  if (status == "pending") return kPending;
  if (status == "done") return kDone;
  if (status == "skipped") return kSkipped;
  throw Error("status must be 'pending', 'done' or 'skipped'; got " + describe(value));
}

void check_columns(Values columns, Status status) {
  for (const int key : {LedgerTable::kLedger, LedgerTable::kId}) {
    if (is_null(columns[key]))
      throw Conflict(std::string("NOT NULL constraint failed: kv_ledger.") + kSettable[key].name);
  }
  for (std::size_t i = 0; i < std::size(kSettable); ++i) {
    const Settable& column = kSettable[i];
    if (is_null(columns[i]) || (column.with & status) != 0) continue;
    if (column.with == kNone) throw Error(std::string(column.name) + " cannot be set");
    throw Error(std::string(column.name) + " can only be set with the status '" +
                (column.with == kDone ? "done" : "skipped") + "'");
  }
}

std::optional<double> moment_of(Values columns, LedgerTable::Column column) {
  if (is_null(columns[column])) return std::nullopt;
  return seconds_of(columns[column], kSettable[column].name);
}

bool add_settled(Connection& connection, const Entry& entry, Values columns, Status status,
                 bool replaces) {
  const double now = connection.clock().now();
  auto done_at = moment_of(columns, LedgerTable::kDoneAt);
  const auto created_at = moment_of(columns, LedgerTable::kCreatedAt);
  if (status == kDone && !done_at) done_at = now;
  const Lifetime keep = lifetime_until(columns[LedgerTable::kExpiresAt], now, "expires_at");
  Query add = entry.query(connection, replaces ? Sql(kReplace) : Sql(kAdd));
  add.bind(4, status == kDone ? std::string_view("done") : "skipped");
  add.bind_borrowed(5, columns[LedgerTable::kPayload]);
  add.bind_borrowed(6, columns[LedgerTable::kResult]);
  add.bind_key(7, columns[LedgerTable::kError]);
  add.bind(8, created_at.value_or(done_at.value_or(now))).bind(9, done_at).bind(10, keep.end(now));
  add.run();
  return sqlite3_changes(connection.db()) > 0;
}

}  // namespace

void insert_entry(Connection& connection, Values columns, bool replaces) {
  const Status status = status_of(columns[LedgerTable::kStatus]);
  check_columns(columns, status);
  const Entry entry(columns[LedgerTable::kLedger], columns[LedgerTable::kId]);
  const bool is_stored = status == kPending
                             ? add_work(connection, entry, columns[LedgerTable::kPayload], replaces,
                                        moment_of(columns, LedgerTable::kCreatedAt))
                             : add_settled(connection, entry, columns, status, replaces);
  if (!is_stored) throw Conflict("UNIQUE constraint failed: kv_ledger.ledger, kv_ledger.id");
}

}  // namespace larder
