-- The doctor finds a new file well, and makes nothing.
INSERT INTO expect SELECT name, status, 'ok' FROM kv_check;
INSERT INTO expect VALUES ('what it looks at', (SELECT group_concat(name) FROM kv_check), 'journal_mode,synchronous,busy_timeout,foreign_keys,names,file_system,free_pages,tables,integrity'),
  ('nothing was made', (SELECT count(*) FROM sqlite_schema), 0);
SELECT kv_clock(1000), cache_set('a', 1, 10), cache_claim('b', 10), cache_set('c', 1), ledger_mark('a'), lease_acquire('a', 10), run_start('a', 100);
INSERT INTO expect SELECT name, status, 'ok' FROM kv_check;
INSERT INTO expect VALUES ('and in the tables', (SELECT count(*) FROM kv_check WHERE name IN ('settings', 'cache', 'dead_entries', 'leases', 'runs')), 5), ('the tables', (SELECT message FROM kv_check WHERE name = 'tables'), '10, of version 2');
-- The connection.
PRAGMA busy_timeout = 0;
PRAGMA foreign_keys = OFF;
PRAGMA synchronous = OFF;
PRAGMA journal_mode = TRUNCATE;
INSERT INTO expect VALUES ('all four', (SELECT group_concat(name || ' ' || status) FROM kv_check WHERE name IN ('journal_mode', 'synchronous', 'busy_timeout', 'foreign_keys')),
  'journal_mode warning,synchronous warning,busy_timeout warning,foreign_keys warning');
PRAGMA synchronous = NORMAL;
INSERT INTO expect SELECT 'not in TRUNCATE', status, 'warning' FROM kv_check WHERE name = 'synchronous';
.dbconfig defensive off
PRAGMA journal_mode = OFF;
INSERT INTO expect SELECT 'no journal', status, 'error' FROM kv_check WHERE name = 'journal_mode';
PRAGMA journal_mode = MEMORY;
INSERT INTO expect SELECT 'its journal is in memory, and it is not', group_concat(status), 'warning,warning' FROM kv_check WHERE name IN ('journal_mode', 'synchronous');
PRAGMA journal_mode = WAL;
INSERT INTO expect VALUES ('in WAL', (SELECT group_concat(name || ' ' || status || ' ' || message) FROM kv_check WHERE name IN ('journal_mode', 'synchronous')), 'journal_mode ok wal,synchronous ok NORMAL');
-- Dead entries, and free pages.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
SELECT cache_set(i, zeroblob(4000), 10) FROM n;
SELECT kv_clock(1010);
INSERT INTO expect SELECT name, status || ': ' || message, 'warning: 1502 of 1503 entries; kv_sweep() removes them' FROM kv_check WHERE name = 'dead_entries';
SELECT kv_sweep();
INSERT INTO expect SELECT 'swept', status || ': ' || message, 'ok: 0 of 1 entries' FROM kv_check WHERE name = 'dead_entries';
INSERT INTO expect SELECT 'free', status || ': ' || (message GLOB '* of * pages; VACUUM *'), 'warning: 1' FROM kv_check WHERE name = 'free_pages';
-- Rules that somebody broke.
SELECT cache_set('late', 1, 50), cache_claim('new', 50);
UPDATE larder_cache SET sweep_at = expires_at + 1 WHERE key = 'late';
INSERT INTO expect SELECT name, status || ': ' || (message GLOB '1 row(s) have a sweep_at *'), 'error: 1' FROM kv_check WHERE name = 'cache';
UPDATE larder_cache SET sweep_at = 'soon', expires_at = x'00' WHERE key = 'late';
INSERT INTO expect SELECT 'a time that is none', count(*), 1 FROM kv_check WHERE name = 'cache' AND status = 'error' AND message GLOB '1 row(s) have a time *';
DELETE FROM larder_cache WHERE key = 'late';
UPDATE larder_cache SET value = 1 WHERE key = 'new';
INSERT INTO expect SELECT 'a claim with a value', status || ': ' || message, 'error: 1 row(s) are claims without a value, and yet have one' FROM kv_check WHERE name = 'cache';
UPDATE larder_meta SET value = 'x' WHERE name = 'lease.last_token';
INSERT INTO expect SELECT 'tokens', count(*), 1 FROM kv_check WHERE name = 'leases' AND status = 'error';
INSERT INTO larder_meta VALUES ('sweep.per_insert', 'many');
INSERT INTO expect SELECT name, status || ': ' || message, 'error: sweep.per_insert must be a whole number; got ''many''' FROM kv_check WHERE name = 'settings';
-- One of the cache's limits is said once, and the cache is looked at all the same.
DELETE FROM larder_meta WHERE name = 'sweep.per_insert';
SELECT kv_config('cache.max_entries', 5000);
INSERT INTO larder_meta VALUES ('cache.policy', 'x');
INSERT INTO expect VALUES ('said once', (SELECT group_concat(name) FROM kv_check WHERE message GLOB 'cache.policy must be *'), 'settings'),
  ('the cache', (SELECT status FROM kv_check WHERE name = 'dead_entries'), 'ok');
DELETE FROM larder_meta WHERE name = 'cache.policy';
SELECT kv_config('cache.max_entries', NULL);
-- An index that does not fit its table, made by a hand at the schema.
SELECT cache_clear();
SELECT cache_set('x', 1, 10);
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = 'CREATE INDEX larder_cache_sweep ON larder_cache(created_at) WHERE sweep_at IS NOT NULL' WHERE name = 'larder_cache_sweep';
PRAGMA writable_schema = RESET;
INSERT INTO expect SELECT 'a broken index', count(*) > 0, 1 FROM kv_check WHERE name = 'integrity' AND status = 'error' AND message GLOB 'larder_cache: *';
