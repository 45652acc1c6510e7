// A database in which there is something for each call, and the calls.
#include "faults/calls.h"

namespace support {

std::vector<CallUnderTest> all_calls() {
  constexpr bool kWrites = true;
  return {
      {"SELECT cache_get('k', 'none')"},
      {"SELECT cache_get('k', 'none', 90)", kWrites},
      {"SELECT cache_get('k', 'none', 3)", kWrites},
      {"SELECT cache_get('k', 'none', 0)", kWrites},
      {"SELECT cache_has('k')"},
      {"SELECT cache_ttl('k')"},
      {"SELECT cache_stale('dead')"},
      {"SELECT cache_set('k', 'other', 90)", kWrites},
      {"SELECT cache_set('k', 'earlier', 3)", kWrites},
      {"SELECT cache_set('new', zeroblob(3000))", kWrites},
      {"SELECT cache_set('k', 'gone', 0)", kWrites},
      {"SELECT cache_set('k', 'tagged', 90, 't')", kWrites},
      {"SELECT cache_set('tagged', 'other', 90, 't')", kWrites},
      {"SELECT cache_set('tagged', 'untagged', 90)", kWrites},
      {"SELECT cache_add('new', 1, 60)", kWrites},
      {"SELECT cache_add('dead', 1, 60)", kWrites},
      {"SELECT cache_replace('k', 2, 60)", kWrites},
      {"SELECT cache_cas('n', 5, 6, 60)", kWrites},
      {"SELECT cache_cas('tagged', 1, 6, 60)", kWrites},
      {"SELECT cache_incr('n', 2)", kWrites},
      {"SELECT cache_incr('new')", kWrites},
      {"SELECT cache_touch('k', 90)", kWrites},
      {"SELECT cache_touch('k', 3)", kWrites},
      {"SELECT cache_pop('k')", kWrites},
      {"SELECT cache_del('k')", kWrites},
      {"SELECT cache_clear()", kWrites},
      {"SELECT cache_clear('k')", kWrites},
      {"SELECT cache_clear_tag('t')", kWrites},
      {"SELECT cache_claim('k', 60)", kWrites},
      {"SELECT cache_claim('new', 60)", kWrites},
      {"SELECT count(*), sum(size) FROM kv_cache WHERE key GLOB '*'"},
      {"INSERT INTO kv_cache(key, value, ttl) VALUES ('new', zeroblob(3000), 30)"},
      {"INSERT OR REPLACE INTO kv_cache(key, value) SELECT key, 'x' FROM kv_cache"},
      {"UPDATE kv_cache SET value = 'y', ttl = 70 WHERE key = 'k'"},
      {"UPDATE kv_cache SET tag = 'u' WHERE tag = 't'"},
      {"DELETE FROM kv_cache WHERE key = 'k'"},
      {"SELECT ledger_mark('l', 'new', 'result', 60)", kWrites},
      {"SELECT ledger_mark('l', 'marked')"},  // which is known: nothing to write
      {"SELECT ledger_seen('l', 'marked')"},
      {"SELECT ledger_result('l', 'marked')"},
      {"SELECT ledger_forget('q', 'a')", kWrites},
      {"SELECT ledger_add('q', 'new', 'payload')", kWrites},
      {"SELECT ledger_add('q', 'new', 'payload', 60, 5)", kWrites},
      {"SELECT ledger_next('q', 60)", kWrites},
      {"SELECT ledger_next('q', 60, 'me', 3)", kWrites},
      {"SELECT ledger_claim('q', 'a', 60)", kWrites},
      {"SELECT ledger_done('q', 'b', 1, 'result')", kWrites},
      {"SELECT ledger_fail('q', 'b', 1, 'error')", kWrites},
      {"SELECT ledger_renew('q', 'b', 1, 90)", kWrites},
      {"SELECT ledger_release('q', 'b', 1)", kWrites},
      {"SELECT ledger_release('q', 'b', 1, 30)", kWrites},
      {"SELECT ledger_skip('q', 'a', 'reason')", kWrites},
      {"SELECT count(*) FROM kv_ledger"},
      {"SELECT count(bar) FROM kv_progress"},
      {"INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('q', 'a'), ('q', 'new')"},
      {"UPDATE kv_ledger SET priority = 7, claimable_at = 5, payload = 'other' WHERE id = 'later'"},
      {"UPDATE kv_ledger SET status = 'pending', attempts = 0 WHERE id = 'skipped'"},
      {"DELETE FROM kv_ledger WHERE ledger = 'q'"},
      {"SELECT checkpoint_set('c', 2)", kWrites},
      {"SELECT checkpoint_get('c')"},
      {"SELECT checkpoint_advance('c', 3)", kWrites},
      {"SELECT checkpoint_del('c')", kWrites},
      {"SELECT count(*) FROM kv_checkpoint"},
      {"SELECT lease_acquire('ended', 60)", kWrites},
      {"SELECT lease_renew('held', 1, 90)", kWrites},
      {"SELECT lease_release('held', 1)", kWrites},
      {"SELECT lease_check('held', 1)"},
      {"SELECT count(*) FROM kv_lease"},
      {"SELECT rate_take('new', 2, 60)", kWrites},
      {"SELECT rate_take('taken', 2, 60)", kWrites},
      {"SELECT rate_take('taken', 1, 1)", kWrites},  // which must wait
      {"SELECT count(*) FROM kv_rate"},
      {"DELETE FROM kv_rate WHERE name = 'taken'"},
      {"SELECT run_start('crashed', 60)", kWrites},
      {"SELECT run_tick(2, 5)", kWrites},
      {"SELECT run_finish(2)", kWrites},
      {"SELECT run_start('crashed', 60, 5, 'me')", kWrites},
      {"SELECT count(*) FROM kv_run"},
      {"DELETE FROM kv_run WHERE id = 1"},
      {"SELECT kv_config('cache.max_entries', 2)", kWrites,
       "SELECT cache_set('p1', 1), cache_set('p2', 1), cache_set('p3', 1), cache_set('p4', 1); "
       "SELECT count(*) FROM larder_cache WHERE key GLOB 'p?'"},
      {"SELECT kv_config('cache.max_entries', NULL)", kWrites},
      {"SELECT kv_config('cache.default_ttl', '1h')", kWrites},
      {"SELECT kv_config('sweep.per_insert', 5)", kWrites},
      {"SELECT kv_config('ledger.max_attempts.q', 5)", kWrites},
      {"SELECT kv_config('cache.default_ttl')"},
      {"INSERT INTO kv_expiry VALUES ('other', 'at', '5m', 'ms')"},
      {"INSERT OR REPLACE INTO kv_expiry VALUES ('expiring', 'at', 1, 's')"},
      {"UPDATE kv_expiry SET after = 2"},
      {"DELETE FROM kv_expiry"},
      {"SELECT sum(rows_due), count(last_swept_at) FROM kv_expiry"},
      {"SELECT kv_wait(0)"},
      {"SELECT kv_clock()"},
      {"SELECT kv_busy_timeout()"},
      {"SELECT kv_version()"},
      {"SELECT count(*) FROM kv_stats"},
      {"SELECT count(*) FROM kv_check"},
      {"SELECT count(*) FROM kv_help"},
      {"SELECT count(*) FROM kv_answer"},
      {"INSERT INTO kv_answer SELECT ledger_mark('l', 'new') RETURNING value"},
      {"SELECT migrate()", kWrites},
      {"SELECT migrate(NULL, 2)", kWrites},
      {"SELECT migrate_down(0)", kWrites},
      {"SELECT migrate_check()"},
      {"SELECT migrate_baseline(3)", kWrites},
      {"SELECT migrate_repair(1)", kWrites},
      {"SELECT count(*) FROM kv_migration"},
      {"SELECT kv_sweep(1)", kWrites},
      {"SELECT ledger_forget('l')", kWrites},
  };
}

void prepare(Database& db) {
  const auto declared = db.run(
      "SELECT kv_clock(1010);"
      "INSERT INTO kv_migration(version, name, up, down) VALUES "
      "(1, 'first', 'CREATE TABLE m(x); INSERT INTO m VALUES (1)', 'DROP TABLE m'),"
      "(2, 'index', 'CREATE INDEX i ON m(x); CREATE TABLE n(y); ANALYZE', "
      "'DROP TABLE n; DROP INDEX i'),"
      "(3, 'temporary', 'CREATE TEMP TABLE t(x); INSERT INTO t SELECT x FROM m; DROP TABLE n; "
      "CREATE TABLE n(z); INSERT INTO n SELECT x FROM t', 'DELETE FROM n')");
  ASSERT_TRUE(declared.ok()) << declared;
}

void fill(Database& db, bool limited) {
  ASSERT_TRUE(load_larder(db).ok());
  const auto made = db.run(
      "SELECT kv_clock(1000);"
      "SELECT cache_set('dead', 1, 5), cache_set('dead2', 1, 5), "
      "cache_set('k', hex(zeroblob(2000)), 60), cache_set('n', 5), "
      "cache_set('tagged', 1, 60, 't');"
      "SELECT ledger_add('q', 'a', hex(zeroblob(2000))), ledger_claim('q', 'b', 60), "
      "ledger_claim('q', 'spent', 5), kv_config('ledger.max_attempts', 1), "
      "ledger_add('q', 'later', hex(zeroblob(2000)), 5, 9), ledger_skip('q', 'skipped', 'x'), "
      "ledger_mark('l', 'marked', 'r'), ledger_mark('l', 'forgotten', 'r', 5), "
      "lease_acquire('held', 60, 'me'), lease_acquire('ended', 5), checkpoint_set('c', 1), "
      "run_start('crashed', 5), run_start('running', 60), rate_take('taken', 2, 60), "
      "rate_take('paid off', 2, 5)");
  ASSERT_TRUE(made.ok()) << made;
  const auto expiring = db.run(
      "CREATE TABLE expiring(at); CREATE INDEX expiring_at ON expiring(at); "
      "CREATE TABLE other(id TEXT PRIMARY KEY, at) WITHOUT ROWID;"
      "INSERT INTO expiring VALUES (1), (2), (9000); INSERT INTO other VALUES ('a', 1), ('b', "
      "9000);"
      "INSERT INTO kv_expiry VALUES ('expiring', 'at', 60, 's')");
  ASSERT_TRUE(expiring.ok()) << expiring;
  ASSERT_NO_FATAL_FAILURE(prepare(db));
  ASSERT_TRUE(db.run("SELECT migrate(NULL, 1)").ok());
  if (limited) {
    ASSERT_TRUE(db.run("SELECT kv_config('cache.max_entries', 3)").ok());
  }
}

void copy(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  ASSERT_NE(backup, nullptr);
  ASSERT_EQ(sqlite3_backup_step(backup, -1), SQLITE_DONE);
  ASSERT_EQ(sqlite3_backup_finish(backup), SQLITE_OK);
}

}  // namespace support
