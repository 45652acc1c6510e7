// How kv_cache is read.
#include "cache/cache_table.h"

#include <algorithm>
#include <limits>

namespace larder {

namespace {

// How a scan finds its rows, times how it orders them. SQLite checks each row again, so a plan may
// find too many. (What equals a key or a tag is not checked again: Larder knows that better.)
enum Access : int { kEveryRow, kEqual, kTagged, kFrom, kTo, kBetween, kGlob, kExpiring, kAccesses };
constexpr int kByKey = 1;  // 0 is no order
constexpr int kByKeyDown = 2;
constexpr int kOrders = 3;
// Added to the plan when the statement reads the size, which costs a look at every value.
constexpr int kWithSize = kAccesses * kOrders;

constexpr const char* kAccessNames[kAccesses] = {
    "all", "key=?", "tag=?", "key>?", "key<?", "key>? AND key<?", "key GLOB ?", "expires_at<?"};

// ?1 is the key or tag, or the lower end, ?3 the upper end; ?4 asks for the size.
consteval auto select_with_tag(const auto& tag, const auto& also) {
  return sql(R"(
SELECT key, value, created_at, expires_at, round(expires_at - ?2, 3), CASE WHEN ?4 THEN {} END,
  {}, id
FROM main.larder_cache
WHERE {}{})",
             entry_bytes(""), tag, kCacheLive, also);
}
consteval auto select_live(const auto& also) { return select_with_tag("tag", also); }
constexpr auto kSelectAll = select_live("");
constexpr auto kSelectEqual = select_live(" AND key = ?1");
constexpr auto kSelectTagged = select_live(" AND tag = ?1");
constexpr auto kSelectFrom = select_live(" AND key >= ?1");
constexpr auto kSelectTo = select_live(" AND key <= ?3");
constexpr auto kSelectBetween = select_live(" AND key >= ?1 AND key <= ?3");
// The text, and the same as BLOBs.
constexpr auto kSelectGlob = sql("{}\nUNION ALL{}", select_live(" AND key >= ?1 AND key < ?3"),
                                 select_live(" AND key >= ?5 AND key < ?6"));
constexpr auto kSelectExpiring = select_live(" AND sweep_at <= ?3 AND expires_at <= ?3");

// In a file that an earlier version has written, and nobody else yet, there are no tags.
constexpr auto kSelectAllUntagged = select_with_tag("NULL", "");
constexpr auto kSelectEqualUntagged = select_with_tag("NULL", " AND key = ?1");

template <const auto& kSelect>
struct InEveryOrder {
  static constexpr auto kAscending = sql("{}\nORDER BY key", kSelect);
  static constexpr auto kDescending = sql("{}\nORDER BY key DESC", kSelect);
  static constexpr Sql kStatements[kOrders] = {kSelect, kAscending, kDescending};
};

constexpr const Sql* kScans[kAccesses] = {
    InEveryOrder<kSelectAll>::kStatements,    InEveryOrder<kSelectEqual>::kStatements,
    InEveryOrder<kSelectTagged>::kStatements, InEveryOrder<kSelectFrom>::kStatements,
    InEveryOrder<kSelectTo>::kStatements,     InEveryOrder<kSelectBetween>::kStatements,
    InEveryOrder<kSelectGlob>::kStatements,   InEveryOrder<kSelectExpiring>::kStatements,
};

constexpr const Sql* kAllUntagged = InEveryOrder<kSelectAllUntagged>::kStatements;

Sql untagged_scan(Access access, int order) {
  return access == kEqual ? Sql(kSelectEqualUntagged) : kAllUntagged[order];
}

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
  if (index.find(kShownAt, SQLITE_INDEX_CONSTRAINT_EQ)) throw Error("it takes no argument");
  const auto low = find_either(index, kKey, SQLITE_INDEX_CONSTRAINT_GE, SQLITE_INDEX_CONSTRAINT_GT);
  const auto high =
      find_either(index, kKey, SQLITE_INDEX_CONSTRAINT_LE, SQLITE_INDEX_CONSTRAINT_LT);
  const auto expiry =
      find_either(index, kExpiresAt, SQLITE_INDEX_CONSTRAINT_LE, SQLITE_INDEX_CONSTRAINT_LT);
  if (const auto key = index.find(kKey, SQLITE_INDEX_CONSTRAINT_EQ)) {
    index.hand_over(*key);
    return kEqual;
  }
  if (const auto tag = index.find(kTag, SQLITE_INDEX_CONSTRAINT_EQ)) {
    index.hand_over(*tag);
    return kTagged;
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
    case kTagged:
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
  const bool has_tags = connection.schema().is_current();
  const bool with_size = plan >= kWithSize;
  const int order = plan % kOrders;
  auto access = static_cast<Access>(plan % kWithSize / kOrders);
  if (!has_tags) {
    if (access == kTagged) return;
    if (access != kEqual) access = kEveryRow;
  }
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
  Query query = connection.query(has_tags ? kScans[access][order] : untagged_scan(access, order));
  query.bind(2, *now_).bind(4, std::int64_t{with_size});
  if (is_glob) {
    range_.bind_low(query, 1);
    if (range_.high) {
      range_.bind_high(query, 3);
      // Whether GLOB takes a BLOB for text depends on how the host's SQLite was built
      // (SQLITE_LIKE_DOESNT_MATCH_BLOBS). It checks the rows itself, so it is given both.
      query.bind_blob(5, range_.low).bind_blob(6, *range_.high);
    }
  } else if (access == kEqual || access == kTagged) {
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
  } else if (column == kShownAt) {
    sqlite3_result_double(context, *now_);
  } else {
    QueryCursor::column(context, column);
  }
}

}  // namespace larder
