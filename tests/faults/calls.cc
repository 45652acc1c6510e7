// A database in which there is something for each call, and the calls.
#include "faults/calls.h"

namespace support {

std::vector<CallUnderTest> all_calls() {
  return {
      {"SELECT cache_get('k', 'none')"},
      {"SELECT cache_has('k')"},
      {"SELECT cache_ttl('k')"},
      {"SELECT cache_stale('dead')"},
      {"SELECT cache_set('k', 'other', 90)"},
      {"SELECT cache_set('k', 'earlier', 3)"},
      {"SELECT cache_set('new', zeroblob(3000))"},
      {"SELECT cache_set('k', 'gone', 0)"},
      {"SELECT cache_add('new', 1, 60)"},
      {"SELECT cache_add('dead', 1, 60)"},
      {"SELECT cache_replace('k', 2, 60)"},
      {"SELECT cache_cas('n', 5, 6, 60)"},
      {"SELECT cache_incr('n', 2)"},
      {"SELECT cache_incr('new')"},
      {"SELECT cache_touch('k', 90)"},
      {"SELECT cache_touch('k', 3)"},
      {"SELECT cache_pop('k')"},
      {"SELECT cache_del('k')"},
      {"SELECT cache_clear()"},
      {"SELECT cache_clear('k')"},
      {"SELECT cache_claim('k', 60)"},
      {"SELECT cache_claim('new', 60)"},
      {"SELECT count(*), sum(size) FROM kv_cache WHERE key GLOB '*'"},
      {"INSERT INTO kv_cache(key, value, ttl) VALUES ('new', zeroblob(3000), 30)"},
      {"INSERT OR REPLACE INTO kv_cache(key, value) SELECT key, 'x' FROM kv_cache"},
      {"UPDATE kv_cache SET value = 'y', ttl = 70 WHERE key = 'k'"},
      {"DELETE FROM kv_cache WHERE key = 'k'"},
      {"SELECT ledger_mark('l', 'new', 'result', 60)"},
      {"SELECT ledger_mark('l', 'marked')"},
      {"SELECT ledger_seen('l', 'marked')"},
      {"SELECT ledger_result('l', 'marked')"},
      {"SELECT ledger_forget('q', 'a')"},
      {"SELECT ledger_add('q', 'new', 'payload')"},
      {"SELECT ledger_next('q', 60)"},
      {"SELECT ledger_claim('q', 'a', 60)"},
      {"SELECT ledger_done('q', 'b', 1, 'result')"},
      {"SELECT ledger_fail('q', 'b', 1, 'error')"},
      {"SELECT ledger_renew('q', 'b', 1, 90)"},
      {"SELECT ledger_skip('q', 'a', 'reason')"},
      {"SELECT count(*) FROM kv_ledger"},
      {"SELECT count(bar) FROM kv_progress"},
      {"INSERT OR REPLACE INTO kv_ledger(ledger, id) VALUES ('q', 'a'), ('q', 'new')"},
      {"DELETE FROM kv_ledger WHERE ledger = 'q'"},
      {"SELECT checkpoint_set('c', 2)"},
      {"SELECT checkpoint_get('c')"},
      {"SELECT checkpoint_advance('c', 3)"},
      {"SELECT checkpoint_del('c')"},
      {"SELECT count(*) FROM kv_checkpoint"},
      {"SELECT lease_acquire('ended', 60)"},
      {"SELECT lease_renew('held', 1, 90)"},
      {"SELECT lease_release('held', 1)"},
      {"SELECT lease_check('held', 1)"},
      {"SELECT count(*) FROM kv_lease"},
      {"SELECT run_start('crashed', 60)"},
      {"SELECT run_tick(2, 5)"},
      {"SELECT run_finish(2)"},
      {"SELECT count(*) FROM kv_run"},
      {"SELECT kv_config('cache.max_entries', 2)",
       "SELECT cache_set('p1', 1), cache_set('p2', 1), cache_set('p3', 1), cache_set('p4', 1); "
       "SELECT count(*) FROM larder_cache WHERE key GLOB 'p?'"},
      {"SELECT kv_config('cache.max_entries', NULL)"},
      {"SELECT kv_config('cache.default_ttl', '1h')"},
      {"SELECT kv_config('sweep.per_insert', 5)"},
      {"SELECT kv_clock()"},
      {"SELECT kv_busy_timeout()"},
      {"SELECT kv_version()"},
      {"SELECT count(*) FROM kv_stats"},
      {"SELECT count(*) FROM kv_check"},
      {"SELECT count(*) FROM kv_help"},
      {"SELECT migrate()"},
      {"SELECT migrate(NULL, 2)"},
      {"SELECT migrate_down(0)"},
      {"SELECT migrate_check()"},
      {"SELECT migrate_baseline(3)"},
      {"SELECT migrate_repair(1)"},
      {"SELECT count(*) FROM kv_migration"},
      {"SELECT kv_sweep(1)"},
      {"SELECT ledger_forget('l')"},
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
  ASSERT_TRUE(db.load().ok());
  const auto made = db.run(
      "SELECT kv_clock(1000);"
      "SELECT cache_set('dead', 1, 5), cache_set('dead2', 1, 5), "
      "cache_set('k', hex(zeroblob(2000)), 60), cache_set('n', 5);"
      "SELECT ledger_add('q', 'a', hex(zeroblob(2000))), ledger_claim('q', 'b', 60), "
      "ledger_claim('q', 'spent', 5), kv_config('ledger.max_attempts', 1), "
      "ledger_mark('l', 'marked', 'r'), ledger_mark('l', 'forgotten', 'r', 5), "
      "lease_acquire('held', 60, 'me'), lease_acquire('ended', 5), checkpoint_set('c', 1), "
      "run_start('crashed', 5), run_start('running', 60)");
  ASSERT_TRUE(made.ok()) << made;
  ASSERT_NO_FATAL_FAILURE(prepare(db));
  ASSERT_TRUE(db.run("SELECT migrate(NULL, 1)").ok());
  if (limited) {
    ASSERT_TRUE(db.run("SELECT kv_config('cache.max_entries', 3)").ok());
  }
}

std::string contents(Database& db) {
  const std::string all = db.value(
      "SELECT group_concat('SELECT ''' || name || ''' AS t, ' || "
      "(SELECT group_concat('quote(\"' || name || '\")', '||'',''||') FROM "
      "pragma_table_info(s.name)) || ' AS r FROM \"' || name || '\"', ' UNION ALL ') "
      "FROM sqlite_schema AS s WHERE type = 'table' AND name NOT GLOB 'sqlite_*'");
  const std::string rows =
      all == "NULL"
          ? ""
          : db.value("SELECT group_concat(t || ':' || r, char(10)) FROM (SELECT * FROM (" + all +
                     ") ORDER BY t, r)");
  return rows +
         db.value(
             "SELECT group_concat(name || sql, char(10)) FROM (SELECT name, sql FROM "
             "sqlite_schema WHERE sql IS NOT NULL ORDER BY name)") +
         db.value("PRAGMA user_version");
}

}  // namespace support
