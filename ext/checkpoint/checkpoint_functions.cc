// Checkpoints in SQL: where a job stands.
//
//   SELECT checkpoint_get('orders', 0);
//   SELECT checkpoint_advance('orders', max(id)) FROM batch;
#include "checkpoint/checkpoint.h"
#include "feature_list.h"
#include "store/write_scope.h"

namespace larder {

namespace {

constexpr char kReadCheckpoint[] = R"(
SELECT value FROM main.larder_checkpoint WHERE name = ?1)";

constexpr char kSetCheckpoint[] = R"(
INSERT INTO main.larder_checkpoint(name, value, updated_at) VALUES (?1, ?2, ?3)
ON CONFLICT(name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at)";

// Greater is meant in SQLite's order of values, where NULL is the least.
constexpr auto kAdvanceCheckpoint = sql(R"({}
WHERE excluded.value > value OR (value IS NULL AND excluded.value IS NOT NULL))",
                                        kSetCheckpoint);

constexpr char kDeleteCheckpoint[] = R"(
DELETE FROM main.larder_checkpoint WHERE name = ?1)";

// Calls use(value) with the stored value, if there is one.
template <class Use>
bool with_stored(Connection& connection, sqlite3_value* name, Use&& use) {
  if (!connection.schema().has("larder_checkpoint")) return false;
  Query row = connection.query(kReadCheckpoint);
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
  connection.query(kSetCheckpoint)
      .bind_key(1, name)
      .bind(2, call[1])
      .bind(3, connection.clock().now())
      .run();
  check_written(connection, "larder_checkpoint");
  scope.commit();
}

// Values of one kind can be compared, and with NULL any. Between kinds SQLite has an order, too,
// but it says nothing about progress.
const char* comparable_kind(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_TEXT:
      return "text";
    case SQLITE_BLOB:
      return "a BLOB";
    default:
      return "a number";
  }
}

// Throws Error when the stored value and `value` are of two kinds. Otherwise a program that sends
// the text '7' where another sent the number 100 would move the checkpoint for good, because a text
// is greater than any number.
void check_comparable(Connection& connection, sqlite3_value* name, sqlite3_value* value) {
  with_stored(connection, name, [&](sqlite3_value* stored) {
    if (is_null(stored) || is_null(value) || comparable_kind(stored) == comparable_kind(value))
      return;
    throw Error(std::string("the checkpoint is ") + comparable_kind(stored) +
                ", which cannot be compared with " + comparable_kind(value) + "; got " +
                describe(value));
  });
}

void checkpoint_advance(Connection& connection, Call& call) {
  sqlite3_value* name = call.required(0, "name");
  WriteScope scope(connection, Transaction::Inside::kJoin);
  check_comparable(connection, name, call[1]);
  connection.query(kAdvanceCheckpoint)
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
  connection.query(kDeleteCheckpoint).bind_key(1, name).run();
  const bool removed = sqlite3_changes(connection.db()) > 0;
  scope.commit();
  call.result(removed);
}

constexpr Function<Connection> kCheckpointFunctions[] = {
    {"checkpoint_set", 2, 2, kWrites, checkpoint_set, "checkpoint_set(name, value)",
     "Stores value under name; returns it."},
    {"checkpoint_get", 1, 2, kReads, checkpoint_get, "checkpoint_get(name [, default])",
     "The value stored under name; default (NULL) if there is none."},
    {"checkpoint_advance", 2, 2, kWrites, checkpoint_advance, "checkpoint_advance(name, value)",
     "Stores value only if it is the first or greater than the stored one; 1 if stored, else 0."},
    {"checkpoint_del", 1, 1, kWrites, checkpoint_del, "checkpoint_del(name)",
     "Removes a checkpoint; 1 if it was there, else 0."},
};

constexpr const TableEntry* kCheckpointTables[] = {&kCheckpointTable};

}  // namespace

constinit const Feature kCheckpointFeature{
    .name = "checkpoints",
    .functions = kCheckpointFunctions,
    .tables = kCheckpointTables,
};

}  // namespace larder
