// A short life of a database with Larder, to be disturbed at every possible moment.
#pragma once

#include <functional>
#include <set>

#include "support/database.h"

namespace support {

// Each is one call: done whole or not at all. A migration of two tables is one call too.
inline const char* const kScenario[] = {
    "SELECT kv_clock(1000)",
    "SELECT cache_set('a', 'one', 10), cache_set('b', 'two', 20), cache_set('never', 3)",
    "SELECT cache_set('a', 'later', 500)",
    "SELECT cache_set('a', 'earlier', 5)",
    "SELECT cache_get('a'), cache_get('a'), cache_get('a'), cache_set('a', zeroblob(500), 5), "
    "cache_get('a')",
    "SELECT cache_incr('n', 1, 10)",
    "INSERT OR REPLACE INTO kv_cache(key, value, ttl) VALUES ('t', zeroblob(9000), 30), ('u', 1, "
    "40)",
    "UPDATE kv_cache SET ttl = 50, value = 'changed' WHERE key = 't'",
    "SELECT ledger_mark('import', 'id-1', 'result', 5), ledger_mark('id-2')",
    "INSERT OR REPLACE INTO kv_ledger(ledger, id, payload) VALUES ('work', 'w-1', 'p'), ('work', "
    "'w-2', 2.5)",
    "SELECT ledger_next('work', 60)",
    "SELECT ledger_claim('work', 'w-2', 60, 'me'), ledger_renew('work', 'w-2', (SELECT "
    "coalesce(max(token), 0) FROM kv_ledger), 90)",
    "SELECT ledger_done('work', id, token, 'result', 9) FROM kv_ledger WHERE ledger = 'work' AND "
    "id = 'w-1' AND token > 0",
    "SELECT ledger_fail('work', id, token, 'error', 9) FROM kv_ledger WHERE ledger = 'work' AND id "
    "= 'w-2' AND token > 0",
    "SELECT ledger_skip('work', 'w-3', 'reason'), ledger_add('work', 'w-4', zeroblob(3000))",
    "SELECT ledger_result('work', 'w-1'), ledger_seen('id-2')",
    "SELECT checkpoint_advance('import', 17)",
    "SELECT lease_acquire('nightly', 15), lease_renew('nightly', 1, 20)",
    "SELECT lease_acquire('short', 15), lease_release('short', 1)",
    "SELECT cache_claim('a', 10), cache_claim('claimed', 10)",
    "SELECT cache_set('claimed', 'worked out', 50), cache_stale('claimed')",
    "SELECT run_start('import', 15, 3), run_tick(1, 2), run_finish(1)",
    "SELECT run_start('import', 15)",
    "SELECT kv_config('cache.default_ttl', '1h')",
    "INSERT INTO kv_migration(version, name, up, down) VALUES "
    "(1, 'first', 'CREATE TABLE m1(x PRIMARY KEY); INSERT INTO m1 VALUES (1); CREATE INDEX i1 ON "
    "m1(x)', 'DROP TABLE m1'), "
    "(2, 'second', 'CREATE TABLE m2(x REFERENCES m1); INSERT INTO m2 SELECT NULL FROM m1', 'DROP "
    "TABLE m2')",
    "SELECT migrate()",
    "SELECT migrate_down(1)",
    "DELETE FROM kv_migration WHERE state = 'pending'",
    "SELECT kv_clock(1030)",
    "SELECT cache_set('c', 'new', 60)",
    "SELECT kv_sweep()",
    "SELECT lease_acquire('nightly', 15), run_start('import', 15)",
    "SELECT count(*), sum(size) FROM kv_cache WHERE key GLOB '*'",
    "SELECT count(*) FROM kv_ledger; SELECT * FROM kv_progress; SELECT * FROM kv_stats",
    "SELECT * FROM kv_lease; SELECT * FROM kv_run; SELECT * FROM kv_checkpoint",
    "SELECT * FROM kv_check; SELECT * FROM kv_migration",
    "SELECT kv_busy_timeout(100), kv_busy_timeout()",
    "BEGIN; SELECT cache_set('d', 1, 5), ledger_mark('import', 'id-3'); COMMIT",
    "SELECT cache_clear('t'), ledger_forget('import', 'id-3')",
    "DELETE FROM kv_ledger WHERE ledger = 'work'",
};

// The doctor finds nothing broken: of the rules that Larder's tables keep, none is.
inline void expect_well(Database& db) {
  EXPECT_EQ(db.value("SELECT group_concat(name || ': ' || message, '; ') FROM kv_check "
                     "WHERE status = 'error'"),
            "NULL");
}

// What must hold after any disturbance: the file is whole and no call is half done.
inline void expect_nothing_half_done(Database& db) {
  expect_sound(db);
  expect_well(db);
  const auto tables = [&](const char* names) {
    return db.value(std::string("SELECT count(*) FROM sqlite_schema WHERE name IN ") + names);
  };
  // Either all of Larder's tables or none; a migration with its history or neither.
  const std::string own = tables(
      "('larder_meta', 'larder_cache', 'larder_cache_sweep', 'larder_ledger',"
      "'larder_checkpoint', 'larder_lease', 'larder_run', 'larder_run_running', "
      "'larder_migration')");
  EXPECT_TRUE(own == "0" || own == "9") << own;
  if (own != "9") return;
  EXPECT_EQ(db.value("SELECT value FROM larder_meta WHERE name = 'schema'"), "2");
  const std::string applied = db.value("SELECT count(*) FROM larder_migration");
  EXPECT_EQ(db.value("PRAGMA user_version"), applied);
  EXPECT_EQ(tables("('m1', 'i1')"), applied == "0" ? "0" : "2");
  EXPECT_EQ(tables("('m2')"), applied == "2" ? "1" : "0");
}

// Runs the scenario and goes on after failures, as a host may: a user's BEGIN that fails half way
// is rolled back. Returns the codes met.
inline std::set<int> play(Database& db) {
  std::set<int> codes;
  for (const char* sql : kScenario) {
    const Outcome outcome = db.run(sql);
    codes.insert(outcome.primary());
    const bool users_own = std::string(sql).find("BEGIN") == 0;
    if (users_own) {
      if (db.in_transaction()) db.run("ROLLBACK");
      if (db.in_transaction()) return codes;  // the host's own ROLLBACK failed: it can only give up
    } else {
      const bool is_undone = outcome.primary() != SQLITE_NOMEM || can_undo_without_memory(sql);
      EXPECT_FALSE(db.in_transaction() && is_undone) << sql << ": " << outcome;
      if (db.in_transaction()) db.run("ROLLBACK");
    }
  }
  return codes;
}

// The undisturbed scenario on a connection that has been through a disturbance.
inline void expect_still_works(Database& db) {
  for (const char* sql : kScenario) {
    const Outcome outcome = db.run(sql);
    EXPECT_TRUE(outcome.ok()) << sql << ": " << outcome;
  }
  expect_nothing_half_done(db);
  EXPECT_EQ(db.value("PRAGMA foreign_keys"), "1");
}

}  // namespace support
