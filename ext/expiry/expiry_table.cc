// The kv_expiry table.
#include "expiry/expiry_table.h"

#include "expiry/expiry.h"
#include "expiry/target.h"
#include "feature_list.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kAllRules[] = R"(
SELECT table_name, column_name, after, unit, NULL, last_swept_at, error
FROM main.larder_expiry
ORDER BY table_name)";

// The last two columns say whether they are as in ?2 and ?3.
constexpr char kOneRule[] = R"(
SELECT table_name, column_name, after, unit, NULL, last_swept_at IS ?2, error IS ?3
FROM main.larder_expiry
WHERE table_name = ?1)";

constexpr char kAddRule[] = R"(
INSERT OR IGNORE INTO main.larder_expiry(table_name, column_name, after, unit)
VALUES (?1, ?2, ?3, ?4))";

constexpr char kReplaceRule[] = R"(
INSERT OR REPLACE INTO main.larder_expiry(table_name, column_name, after, unit)
VALUES (?1, ?2, ?3, ?4))";

// What went wrong went wrong with the rule as it was.
constexpr char kChangeRule[] = R"(
UPDATE OR IGNORE main.larder_expiry
SET table_name = ?1, column_name = ?2, after = ?3, unit = ?4, error = NULL
WHERE table_name = ?5)";

constexpr char kHasOtherRule[] =
    "SELECT 1 FROM main.larder_expiry WHERE table_name = ?1 AND table_name IS NOT ?2";

constexpr char kDeleteRule[] = "DELETE FROM main.larder_expiry WHERE table_name = ?1";

constexpr char kOnlyRule[] = "only table_name, column_name, after and unit can be set";

ExpiryRule rule_of(sqlite3_value* table, sqlite3_value* column, sqlite3_value* after,
                   sqlite3_value* unit) {
  return {name_of(table, "table_name"), name_of(column, "column_name"), after_of(after),
          &find_unit(unit)};
}

// Nothing for a rule that cannot be followed; kv_check says why.
std::optional<std::int64_t> count_due_rows(Connection& connection, const Query& row) {
  try {
    const ExpiryRule rule = rule_of(row.value(0), row.value(1), row.value(2), row.value(3));
    const Target target(connection, rule);
    Query count = connection.query_once(target.count().c_str());
    count.bind(1, rule.latest_due(connection.clock().now())).step();
    return count.integer(0);
  } catch (const Error& error) {
    if (error.code() != SQLITE_ERROR) throw;
    return std::nullopt;
  }
}

// Stores a rule by one of the statements above: a new one, or the changed one of the table `old`.
// The names become those of the file.
void store_rule(Connection& connection, Query query, const ExpiryRule& rule,
                sqlite3_value* old = nullptr) {
  const Target target(connection, rule);
  query.bind(1, std::string_view(target.table()))
      .bind(2, std::string_view(target.column()))
      .bind(3, rule.after)
      .bind(4, std::string_view(rule.unit->name))
      .run();
  if (sqlite3_changes(connection.db()) > 0) return;
  Query other = connection.query(kHasOtherRule);
  other.bind(1, std::string_view(target.table()));
  if (old != nullptr) other.bind_key(2, old);
  if (!other.step()) throw not_written("larder_expiry");
  throw Conflict("UNIQUE constraint failed: kv_expiry.table_name");
}

}  // namespace

void ExpiryTable::Cursor::filter(int, Values) {
  clear();
  if (connection_.schema().has("larder_expiry")) start(connection_.query(kAllRules));
}

void ExpiryTable::Cursor::column(sqlite3_context* context, int column) {
  // An UPDATE leaves out the columns that it does not set, and update_rule() sees that.
  if (sqlite3_vtab_nochange(context) != 0) return;
  if (column != kRowsDue) return QueryCursor::column(context, column);
  if (const auto due = count_due_rows(connection_, *query_)) sqlite3_result_int64(context, *due);
}

// https://sqlite.org/vtab.html#the_xupdate_method: one value deletes; a NULL first one inserts;
// else it updates. The statement that calls us holds the write lock.
std::int64_t ExpiryTable::update(Values values) {
  const std::int64_t rowid = sqlite3_last_insert_rowid(connection_->db());
  StatementScope scope(*connection_);
  if (values.size() == 1) {
    connection_->query(kDeleteRule).bind_key(1, values[0]).run();
  } else if (is_null(values[0])) {
    insert(values.subspan(2));
  } else {
    update_rule(values[0], values.subspan(2));
  }
  return rowid;
}

void ExpiryTable::insert(Values columns) {
  for (const Column column : {kRowsDue, kLastSweptAt, kError}) {
    if (!is_null(columns[column])) throw Error(kOnlyRule);
  }
  const bool replaces = sqlite3_vtab_on_conflict(connection_->db()) == SQLITE_REPLACE;
  const ExpiryRule rule =
      rule_of(columns[kTable], columns[kColumn], columns[kAfter], columns[kUnit]);
  store_rule(*connection_, connection_->query(replaces ? Sql(kReplaceRule) : Sql(kAddRule)), rule);
}

// UPDATE ... FROM hands over every column, also those it does not set: what equals the row is not a
// change.
ExpiryRule ExpiryTable::changed_rule(sqlite3_value* table, Values columns) {
  Query row = connection_->query(kOneRule);
  row.bind_key(1, table).bind(2, columns[kLastSweptAt]).bind(3, columns[kError]);
  if (!row.step()) throw Error("the rule has gone meanwhile");
  const auto is_set = [&](Column column) { return sqlite3_value_nochange(columns[column]) == 0; };
  const auto value = [&](Column column) {
    return is_set(column) ? columns[column] : row.value(column);
  };
  const bool is_other = (is_set(kLastSweptAt) && row.integer(kLastSweptAt) == 0) ||
                        (is_set(kError) && row.integer(kError) == 0);
  if (is_other || (is_set(kRowsDue) && sqlite3_value_int64(columns[kRowsDue]) !=
                                           count_due_rows(*connection_, row).value_or(0)))
    throw Error(kOnlyRule);
  return rule_of(value(kTable), value(kColumn), value(kAfter), value(kUnit));
}

void ExpiryTable::update_rule(sqlite3_value* table, Values columns) {
  const ExpiryRule rule = changed_rule(table, columns);
  Query change = connection_->query(kChangeRule);
  change.bind_key(5, table);
  store_rule(*connection_, std::move(change), rule, table);
}

constinit const TableEntry kExpiryTable = table_entry<ExpiryTable>(
    "kv_expiry(table_name, column_name, after, unit)",
    "Tables of yours whose rows kv_sweep removes; hidden: rows_due, last_swept_at, error.");

namespace {

constexpr const TableEntry* kExpiryTables[] = {&kExpiryTable};

}  // namespace

constinit const Feature kExpiryFeature{
    .name = "expiry",
    .tables = kExpiryTables,
    .sweep = sweep_expiry,
    .check = check_expiry,
};

}  // namespace larder
