// The kv_migration table: INSERT declares a migration, DELETE takes that back, SELECT compares what
// is declared with what was applied. INSERT checks nothing against the history; migrate() does.
//
//   INSERT INTO kv_migration(version, name, up, down)
//   VALUES (1, 'items', 'CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT)', 'DROP TABLE item');
//   DELETE FROM kv_migration WHERE version = 1;
//   SELECT version, name, state FROM kv_migration;
//   SELECT version, name, state FROM kv_migration('migrations/');
#pragma once

#include <memory>
#include <string>

#include "migration/declarations.h"
#include "migration/plan.h"
#include "sqlite/cursors.h"
#include "sqlite/virtual_table.h"

namespace larder {

class MigrationTable {
 public:
  static constexpr const char* kName = "kv_migration";
  static constexpr const char* kColumns =
      "CREATE TABLE x(version INTEGER, name TEXT, state TEXT, applied_at REAL, duration REAL, "
      "checksum TEXT, up TEXT, down TEXT, source TEXT, directory HIDDEN)";

  // What is declared will run, so that no trigger in a file may declare anything.
  static constexpr bool kDirectOnly = true;

  explicit MigrationTable(std::shared_ptr<Connection> connection)
      : connection_(std::move(connection)) {}

  Connection& state() { return *connection_; }
  void best_index(Index& index);
  std::int64_t update(Values values);
  void begin() { declarations().begin(); }
  void commit() { declarations().commit(); }
  void rollback() { declarations().rollback(); }
  void savepoint(int level) { declarations().savepoint(level); }
  void release(int level) { declarations().release(level); }
  void rollback_to(int level) { declarations().rollback_to(level); }

  class Cursor : public ListCursor<PlanRow> {
   public:
    explicit Cursor(MigrationTable& table) : connection_(table.state()) {}
    void filter(int plan, Values arguments);
    void column(sqlite3_context* context, int column);
    std::int64_t rowid();

   private:
    Connection& connection_;
    Source source_;
  };

 private:
  enum Column {
    kVersion,
    kTitle,
    kState,
    kAppliedAt,
    kDuration,
    kChecksum,
    kUp,
    kDown,
    kSource,
    kDirectory  // hidden: the argument in kv_migration('migrations/')
  };

  static Migration declared(Values columns);
  void take_back(std::int64_t version);
  Declarations& declarations() { return connection_->state<Declarations>(); }

  std::shared_ptr<Connection> connection_;
};

}  // namespace larder
