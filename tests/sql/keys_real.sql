-- A REAL as key, id, name or owner: a whole one that fits into 64 bits is its digits, any other the shortest text that reads back as the
-- same number. SQLite's own text has 15 digits in some versions and 17 in others.
CREATE TEMP TABLE number(given, text);
INSERT INTO number VALUES
  (42.0, '42'), (-0.0, '0'), (1e15, '1000000000000000'), (9007199254740992.0, '9007199254740992'), (352475172290166785.0, '352475172290166784'),
  (352475172290167041.0, '352475172290167040'), (-9223372036854775808.0, '-9223372036854775808'), (9223372036854774784.0, '9223372036854774784'),
  (9223372036854775808.0, '9223372036854775808'), (1e22, '1e+22'), (1e300, '1e+300'), (-1.5e-10, '-1.5e-10'), (5e-324, '5e-324'),
  (1.7976931348623157e308, '1.7976931348623157e+308'), (-2.2250738585072014e-308, '-2.2250738585072014e-308'),
  (0.1, '0.1'), (0.3, '0.3'), (0.1 + 0.2, '0.30000000000000004'), (1700000000.123456, '1700000000.123456'), (0.0001, '1e-04'), (9e999, 'Inf'), (-9e999, '-Inf');
INSERT INTO expect SELECT 'one number, one row', count(*), 22 FROM number;

-- The cache, by each function that stores, and each that finds. (max(): the call must not become part of the conditions.)
SELECT cache_set(given, text) FROM number;
INSERT INTO expect SELECT 'set and get ' || text, cache_get(given), text FROM number;
INSERT INTO expect SELECT 'the text is the key ' || text, cache_get(text), text FROM number;
INSERT INTO expect SELECT 'all distinct, all text', count(*) || ' ' || group_concat(DISTINCT typeof(key)), '22 text' FROM larder_cache;
INSERT INTO expect SELECT 'by the table ' || text, (SELECT value FROM kv_cache WHERE key = given), text FROM number;
INSERT INTO expect SELECT 'a prefix ' || text, cache_clear(given), 1 FROM number WHERE text IN ('-1.5e-10', '9007199254740992', 'Inf');
SELECT cache_clear();
INSERT INTO kv_cache(key, value) SELECT given, text FROM number;
INSERT INTO expect SELECT 'inserted ' || text, cache_get(text), text FROM number;
INSERT OR IGNORE INTO kv_cache(key, value) SELECT given, 'other' FROM number;
UPDATE kv_cache SET key = 352475172290166785.0, value = 'updated' WHERE key = 352475172290166785.0;
INSERT INTO expect VALUES ('and is the same row', (SELECT group_concat(key) FROM kv_cache WHERE value IN ('other', 'updated')), '352475172290166784');
DELETE FROM kv_cache WHERE key = 352475172290167041.0;
INSERT INTO expect VALUES ('deleted', (SELECT count(*) FROM larder_cache), 21);

-- Ledgers and their ids.
INSERT INTO expect SELECT 'mark ' || text, ledger_mark(given, given, text), 1 FROM number;
INSERT INTO expect SELECT 'known ' || text, ledger_mark(text, text) || ledger_seen(given, text) || (ledger_result(text, given) = text), '011' FROM number;
INSERT INTO expect SELECT 'row of ' || text, (SELECT result FROM kv_ledger WHERE ledger = given AND id = given), text FROM number;
INSERT INTO expect SELECT 'progress of ' || text, (SELECT done FROM kv_progress WHERE ledger = given), 1 FROM number;
INSERT INTO kv_ledger(ledger, id) SELECT 'insert', given FROM number;
INSERT INTO expect SELECT 'as they were', (SELECT count(*) FROM larder_ledger JOIN number ON id = text WHERE ledger = 'insert'), 22;
SELECT ledger_skip('why', 1, 352475172290166785.0), ledger_claim('why', 2, 60, 0.1 + 0.2), ledger_claim('why', 3, 60);
SELECT ledger_fail('why', 3, token, 1e300) FROM larder_ledger WHERE ledger = 'why' AND id = '3';
INSERT INTO expect SELECT 'reason, owner and error', group_concat(coalesce(owner, error)), '352475172290166784,0.30000000000000004,1e+300' FROM larder_ledger WHERE ledger = 'why';

-- Checkpoints, leases and runs.
SELECT checkpoint_set(given, text), lease_acquire(given, 60, given), run_start(given, 60) FROM number;
INSERT INTO expect SELECT 'checkpoint ' || text, checkpoint_get(text), text FROM number;
INSERT INTO expect SELECT 'checkpoint row ' || text, (SELECT value FROM kv_checkpoint WHERE name = given), text FROM number;
INSERT INTO expect SELECT 'lease ' || text, (SELECT owner FROM kv_lease WHERE name = given), text FROM number;
INSERT INTO expect SELECT 'the same owner ' || text, lease_acquire(text, 60, text), 1 FROM number;
INSERT INTO expect SELECT 'run ' || text, (SELECT job FROM kv_run WHERE job = given), text FROM number;
INSERT INTO expect SELECT 'is alive ' || text, run_start(text, 60), NULL FROM number;
SELECT run_start('wrong', 60), run_finish((SELECT max(id) FROM larder_run), 'failed', 0.1 + 0.2);
INSERT INTO expect SELECT 'its error', error, '0.30000000000000004' FROM kv_run WHERE job = 'wrong';
