// Checkpoints: where a job stands, in SQL:
//
//   SELECT checkpoint_get('orders', 0);
//   SELECT checkpoint_advance('orders', max(id)) FROM batch;
#include "feature_list.h"
#include "sqlite/cursors.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kGet[] = R"(
SELECT value FROM main.larder_checkpoint WHERE name = ?1)";

constexpr char kSet[] = R"(
INSERT INTO main.larder_checkpoint(name, value, updated_at) VALUES (?1, ?2, ?3)
ON CONFLICT(name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at)";

// In SQLite's order of values, with NULL as the least.
constexpr char kAdvance[] = R"(
INSERT INTO main.larder_checkpoint(name, value, updated_at) VALUES (?1, ?2, ?3)
ON CONFLICT(name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
WHERE excluded.value > value OR (value IS NULL AND excluded.value IS NOT NULL))";

constexpr char kDelete[] = R"(
DELETE FROM main.larder_checkpoint WHERE name = ?1)";

// Calls use(value) with the stored value, if there is one.
template <class Use>
bool with_stored(Connection& connection, sqlite3_value* name, Use&& use) {
  if (!connection.schema().has("larder_checkpoint")) return false;
  Query row = connection.query(kGet);
  if (!row.bind_key(1, name).step()) return false;
  use(row.value(0));
  return true;
}

void checkpoint_get(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  const bool found =
      with_stored(connection, name, [&](sqlite3_value* value) { call.result(value); });
  if (!found) call.result(call.optional(1));
}

void checkpoint_set(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  call.result_first(call[1]);
  WriteScope scope(connection, Transaction::Inside::kJoin);
  connection.query(kSet).bind_key(1, name).bind(2, call[1]).bind(3, connection.clock().now()).run();
  scope.commit();
}

// Numbers are one kind, texts another: between kinds SQLite's order says nothing about progress.
const char* kind_of(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
      return "NULL";
    case SQLITE_TEXT:
      return "text";
    case SQLITE_BLOB:
      return "a BLOB";
    default:
      return "a number";
  }
}

// A binding that sends '7' where another sent 100 would otherwise move the mark for good: text is
// greater than any number.
void check_comparable(Connection& connection, sqlite3_value* name, sqlite3_value* value) {
  with_stored(connection, name, [&](sqlite3_value* stored) {
    if (is_null(stored) || is_null(value) || kind_of(stored) == kind_of(value)) return;
    throw Error(std::string("the checkpoint is ") + kind_of(stored) +
                ", which cannot be compared with " + kind_of(value) + "; got " + describe(value));
  });
}

void checkpoint_advance(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  WriteScope scope(connection, Transaction::Inside::kJoin);
  check_comparable(connection, name, call[1]);
  connection.query(kAdvance)
      .bind_key(1, name)
      .bind(2, call[1])
      .bind(3, connection.clock().now())
      .run();
  const bool advanced = sqlite3_changes(connection.db()) > 0;
  scope.commit();
  call.result(advanced);
}

void checkpoint_del(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  WriteScope scope(connection, Transaction::Inside::kJoin);
  connection.query(kDelete).bind_key(1, name).run();
  const bool removed = sqlite3_changes(connection.db()) > 0;
  scope.commit();
  call.result(removed);
}

// The kv_checkpoint table.
class CheckpointTable {
 public:
  static constexpr const char* kName = "kv_checkpoint";
  static constexpr const char* kColumns =
      "CREATE TABLE x(name TEXT, value, updated_at REAL, PRIMARY KEY (name)) WITHOUT ROWID";

  explicit CheckpointTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }

  void best_index(Index& index) {
    const auto name = index.find(0, SQLITE_INDEX_CONSTRAINT_EQ);
    if (name) index.hand_over(*name);
    index.choose(name ? 1 : 0, name ? "name=?" : "all", name ? 3 : 200, name ? 1 : 100);
  }

  class Cursor : public QueryCursor {
   public:
    explicit Cursor(CheckpointTable& table) : connection_(table.state()) {}

    void filter(int plan, Values arguments) {
      static constexpr char kAll[] =
          "SELECT name, value, updated_at FROM main.larder_checkpoint ORDER BY name";
      static constexpr char kOne[] =
          "SELECT name, value, updated_at FROM main.larder_checkpoint WHERE name = ?1";
      clear();
      if (!connection_.schema().has("larder_checkpoint")) return;
      Query query = connection_.query(plan == 1 ? Sql(kOne) : Sql(kAll));
      if (plan == 1) query.bind_key(1, keep(arguments[0]));
      start(std::move(query));
    }

   private:
    Connection& connection_;
  };

 private:
  std::shared_ptr<Connection> connection_;
};

constexpr Function<Connection> kFunctions[] = {
    {"checkpoint_set", 2, 2, 0, checkpoint_set, "checkpoint_set(name, value)",
     "Stores value under name; returns it."},
    {"checkpoint_get", 1, 2, 0, checkpoint_get, "checkpoint_get(name [, default])",
     "The value stored under name; default (NULL) if there is none."},
    {"checkpoint_advance", 2, 2, 0, checkpoint_advance, "checkpoint_advance(name, value)",
     "Stores value only if it is the first or greater than the stored one; 1 if stored, else 0."},
    {"checkpoint_del", 1, 1, 0, checkpoint_del, "checkpoint_del(name)",
     "Removes a checkpoint; 1 if it was there, else 0."},
};

constexpr TableEntry kCheckpointTable =
    table_entry<CheckpointTable>("kv_checkpoint(name, value, updated_at)", "All checkpoints.");

constexpr const TableEntry* kTables[] = {&kCheckpointTable};

}  // namespace

constinit const Feature kCheckpointFeature{"checkpoints", kFunctions, kTables};

}  // namespace larder
