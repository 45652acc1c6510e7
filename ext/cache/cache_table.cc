// The kv_cache table.
#include "cache/cache_table.h"

#include <algorithm>
#include <limits>

#include "cache/change.h"
#include "cache/ttl.h"

namespace larder {

namespace {

enum CacheColumn { kKey, kValue, kCreatedAt, kExpiresAt, kTtl, kSize };

// How a scan finds its rows, times how it orders them. SQLite checks each row again, so a plan may
// find too many.
enum Access : int { kEveryRow, kEqual, kFrom, kTo, kBetween, kGlob, kExpiring, kAccesses };
constexpr int kByKey = 1;  // 0 is no order
constexpr int kByKeyDown = 2;
constexpr int kOrders = 3;
// Added to the plan when the statement reads the size, which costs a look at every value.
constexpr int kWithSize = kAccesses * kOrders;

constexpr const char* kAccessNames[kAccesses] = {
    "all", "key=?", "key>?", "key<?", "key>? AND key<?", "key GLOB ?", "expires_at<?"};

// ?1 is not the key here but the lower end, ?3 the upper end; ?4 asks for the size.
consteval auto select_live(const auto& also) {
  return sql(R"(
SELECT key, value, created_at, expires_at, round(expires_at - ?2, 3), CASE WHEN ?4 THEN {} END, id
FROM main.larder_cache
WHERE {}{})",
             entry_bytes(""), kCacheLive, also);
}
constexpr auto kSelectAll = select_live("");
constexpr auto kSelectEqual = select_live(" AND key = ?1");
constexpr auto kSelectFrom = select_live(" AND key >= ?1");
constexpr auto kSelectTo = select_live(" AND key <= ?3");
constexpr auto kSelectBetween = select_live(" AND key >= ?1 AND key <= ?3");
// The text, and the same as BLOBs.
constexpr auto kSelectGlob = sql("{}\nUNION ALL{}", select_live(" AND key >= ?1 AND key < ?3"),
                                 select_live(" AND key >= ?5 AND key < ?6"));
constexpr auto kSelectExpiring = select_live(" AND sweep_at <= ?3 AND expires_at <= ?3");

template <const auto& kSelect>
struct InEveryOrder {
  static constexpr auto kAscending = sql("{}\nORDER BY key", kSelect);
  static constexpr auto kDescending = sql("{}\nORDER BY key DESC", kSelect);
  static constexpr Sql kStatements[kOrders] = {kSelect, kAscending, kDescending};
};

constexpr const Sql* kScans[kAccesses] = {
    InEveryOrder<kSelectAll>::kStatements,      InEveryOrder<kSelectEqual>::kStatements,
    InEveryOrder<kSelectFrom>::kStatements,     InEveryOrder<kSelectTo>::kStatements,
    InEveryOrder<kSelectBetween>::kStatements,  InEveryOrder<kSelectGlob>::kStatements,
    InEveryOrder<kSelectExpiring>::kStatements,
};

// The constraint `column first ?` or `column second ?`.
std::optional<int> find_either(const Index& index, int column, int first, int second) {
  const auto found = index.find(column, first);
  return found ? found : index.find(column, second);
}

// The literal beginning of a GLOB pattern, which for SQLite ends with the first NUL.
std::string glob_prefix(sqlite3_value* pattern) {
  using namespace std::string_view_literals;
  const std::string_view text = text_of(pattern);
  return std::string(text.substr(0, text.find_first_of("*?[\0"sv)));
}

Access choose_access(Index& index) {
  const auto low = find_either(index, kKey, SQLITE_INDEX_CONSTRAINT_GE, SQLITE_INDEX_CONSTRAINT_GT);
  const auto high =
      find_either(index, kKey, SQLITE_INDEX_CONSTRAINT_LE, SQLITE_INDEX_CONSTRAINT_LT);
  const auto expiry =
      find_either(index, kExpiresAt, SQLITE_INDEX_CONSTRAINT_LE, SQLITE_INDEX_CONSTRAINT_LT);
  if (const auto key = index.find(kKey, SQLITE_INDEX_CONSTRAINT_EQ)) {
    index.hand_over(*key);
    return kEqual;
  }
  if (const auto glob = index.find(kKey, SQLITE_INDEX_CONSTRAINT_GLOB)) {
    index.pass(*glob);
    return kGlob;
  }
  if (low) index.pass(*low);
  if (high) index.pass(*high);
  if (low) return high ? kBetween : kFrom;
  if (high) return kTo;
  if (expiry) {
    index.pass(*expiry);
    return kExpiring;
  }
  return kEveryRow;
}

double expected_rows(Access access) {
  switch (access) {
    case kEqual:
      return 1;
    case kBetween:
    case kGlob:
      return 1000;
    case kExpiring:
      return 2000;
    case kFrom:
    case kTo:
      return 100000;
    default:
      return 1000000;
  }
}

bool is_key_range(Access access) { return access == kFrom || access == kTo || access == kBetween; }

bool any_number(Values values) {
  return std::any_of(values.begin(), values.end(), [](sqlite3_value* value) {
    const int type = sqlite3_value_type(value);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  });
}

void bind_bounds(Query& query, Access access, Values bounds) {
  if (access == kFrom || access == kBetween) query.bind(1, bounds[0]);
  if (access == kTo || access == kExpiring) query.bind(3, bounds[0]);
  if (access == kBetween) query.bind(3, bounds[1]);
}

}  // namespace

void CacheTable::best_index(Index& index) {
  const Access access = choose_access(index);
  int plan = access * kOrders;
  if (const auto order = index.order_by(kKey); order != Index::Order::kNone) {
    index.promise_order();
    plan += order == Index::Order::kAscending ? kByKey : kByKeyDown;
  }
  if (index.reads(kSize)) plan += kWithSize;
  const double rows = expected_rows(access);
  index.choose(plan, kAccessNames[access], rows * 2 + 1, static_cast<std::int64_t>(rows));
}

void CacheTable::Cursor::filter(int plan, Values arguments) {
  clear();
  Connection& connection = table_.state();
  if (!connection.schema().has("larder_cache")) return;
  const bool with_size = plan >= kWithSize;
  const int order = plan % kOrders;
  auto access = static_cast<Access>(plan % kWithSize / kOrders);
  const bool is_glob = access == kGlob;
  if (is_glob) {
    range_ = keys_with_prefix(connection, glob_prefix(arguments[0]), false);
    if (!range_.high) access = kFrom;
  } else if (is_key_range(access) && any_number(arguments)) {
    access = kEveryRow;  // SQLite may compare with a number as a number, which is not the order of
                         // the keys
  }
  if (!now_) now_ = connection.clock().now();
  table_.scan_now_ = *now_;
  Query query = connection.query(kScans[access][order]);
  query.bind(2, *now_).bind(4, std::int64_t{with_size});
  if (is_glob) {
    range_.bind_low(query, 1);
    if (range_.high) {
      range_.bind_high(query, 3);
      // Whether GLOB takes a BLOB for text depends on how the host's SQLite was built
      // (SQLITE_LIKE_DOESNT_MATCH_BLOBS). It checks the rows itself, so it is given both.
      query.bind_blob(5, range_.low).bind_blob(6, *range_.high);
    }
  } else if (access == kEqual) {
    query.bind_key(1, keep(arguments[0]));
  } else {
    bind_bounds(query, access, arguments);
  }
  start(std::move(query));
}

void CacheTable::Cursor::column(sqlite3_context* context, int column) {
  // An UPDATE leaves out the columns that it does not set, and update_row() sees that.
  if (sqlite3_vtab_nochange(context) != 0) return;
  if (column == kTtl && query_->is_null(kTtl)) {
    sqlite3_result_double(context, std::numeric_limits<double>::infinity());
  } else {
    QueryCursor::column(context, column);
  }
}

// https://sqlite.org/vtab.html#the_xupdate_method: one value deletes; a NULL first one inserts;
// else it updates. The statement that calls us holds the write lock, and undoes what fails.
std::int64_t CacheTable::update(Values values) {
  std::int64_t rowid = sqlite3_last_insert_rowid(connection_->db());
  if (values.size() == 1) {
    delete_row(values[0]);
  } else if (is_null(values[0])) {
    if (!is_null(values[1])) throw Error("rowid cannot be set");
    if (const std::int64_t id = insert(values.subspan(2)); id != 0) rowid = id;
  } else {
    const std::int64_t id = sqlite3_value_int64(values[0]);
    if (sqlite3_value_int64(values[1]) != id) throw Error("rowid cannot be set");
    update_row(id, values.subspan(2));
  }
  return rowid;
}

void CacheTable::delete_row(sqlite3_value* id) {
  static constexpr char kDeleteRow[] = "DELETE FROM main.larder_cache WHERE id = ?1";
  StatementScope scope(*connection_);
  connection_->query(kDeleteRow).bind(1, id).run();
}

// Returns the id of the row if it is a new one, else 0.
std::int64_t CacheTable::insert(Values columns) {
  if (is_null(columns[kKey])) throw Conflict("NOT NULL constraint failed: kv_cache.key");
  if (!is_null(columns[kSize])) throw Error("size cannot be set");
  const bool has_ttl = !is_null(columns[kTtl]);
  const bool has_end = !is_null(columns[kExpiresAt]);
  if (has_ttl && has_end) throw Error("set ttl or expires_at, not both");
  std::optional<double> created_at;
  if (!is_null(columns[kCreatedAt])) created_at = seconds_of(columns[kCreatedAt], "created_at");
  Change change(*connection_, columns[kKey], Change::Scope::kOuter);
  const Lifetime lifetime =
      has_end ? lifetime_until(columns[kExpiresAt], change.cache().now(), "expires_at")
              : Ttl(has_ttl ? columns[kTtl] : nullptr).lifetime(*connection_);
  if (sqlite3_vtab_on_conflict(connection_->db()) == SQLITE_REPLACE)
    return change.set(columns[kValue], lifetime, created_at);
  const auto id = change.add(columns[kValue], lifetime, created_at);
  if (!id) throw Conflict("UNIQUE constraint failed: kv_cache.key");
  return *id;
}

void CacheTable::update_row(std::int64_t id, Values columns) {
  static constexpr auto kCompare = sql(R"(
SELECT key, key IS ?2, created_at IS ?3, expires_at IS ?4,
  coalesce(round(expires_at - ?7, 3), 9e999) IS ?5, {} IS ?6
FROM main.larder_cache
WHERE id = ?1)",
                                       entry_bytes(""));
  Query row = connection_->query(kCompare);
  row.bind(1, id)
      .bind_key(2, columns[kKey])
      .bind(3, columns[kCreatedAt])
      .bind(4, columns[kExpiresAt]);
  row.bind(5, columns[kTtl]).bind(6, columns[kSize]).bind(7, scan_now_);
  if (!row.step()) return;
  // UPDATE ... FROM hands over every column, also those it does not set: what equals the row is not
  // a change.
  const auto changed = [&](CacheColumn column, int is_same) {
    return sqlite3_value_nochange(columns[column]) == 0 && row.integer(is_same) == 0;
  };
  if (changed(kKey, 1) || changed(kCreatedAt, 2) || changed(kSize, 5)) {
    throw Error("only value, ttl and expires_at can be changed");
  }
  const bool new_end = changed(kExpiresAt, 3);
  const bool new_ttl = changed(kTtl, 4);
  if (new_end && new_ttl) throw Error("set ttl or expires_at, not both");
  const OwnedValue key = copy_of(row.value(0));
  Change change(*connection_, key.get(), Change::Scope::kOuter);
  if (sqlite3_value_nochange(columns[kValue]) == 0) change.set_value(columns[kValue]);
  if (new_end)
    change.touch(lifetime_until(columns[kExpiresAt], change.cache().now(), "expires_at"));
  if (new_ttl) change.touch(lifetime_of(columns[kTtl], "ttl"));
}

}  // namespace larder
