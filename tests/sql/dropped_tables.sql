-- Dropping Larder's tables is a way to forget everything. They come back when they are needed.
SELECT cache_set('a', 1), ledger_mark('a'), checkpoint_set('a', 1);
SELECT cache_get('a'), ledger_seen('a');
DROP TABLE larder_cache;
INSERT INTO expect VALUES ('get', cache_get('a', 'gone'), 'gone'), ('has', cache_has('a'), 0), ('table', (SELECT count(*) FROM kv_cache), 0), ('stale', cache_stale('a'), NULL), ('ledger stays', ledger_seen('a'), 1);
SELECT cache_set('a', 2);
INSERT INTO expect VALUES ('again', cache_get('a'), 2), ('with its index', (SELECT count(*) FROM sqlite_schema WHERE name = 'larder_cache_sweep'), 1);
DROP TABLE larder_ledger;
INSERT INTO expect VALUES ('seen', ledger_seen('a'), 0), ('progress', (SELECT count(*) FROM kv_progress), 0), ('mark', ledger_mark('a'), 1);
DROP TABLE larder_checkpoint;
INSERT INTO expect VALUES ('checkpoint', checkpoint_get('a'), NULL);
SELECT checkpoint_advance('a', 5);
INSERT INTO expect VALUES ('checkpoint again', checkpoint_get('a'), 5);
DROP TABLE larder_lease;
DROP TABLE larder_run;
INSERT INTO expect VALUES ('leases', (SELECT count(*) FROM kv_lease), 0), ('runs', (SELECT count(*) FROM kv_run), 0), ('acquire', lease_acquire('a', 5), 1), ('start', run_start('a', 5), 1);
DROP TABLE larder_meta;
INSERT INTO expect VALUES ('setting', kv_config('sweep.per_insert'), 2), ('what was stored stays', cache_get('a'), 2);
SELECT kv_config('sweep.per_insert', 4);
INSERT INTO expect VALUES ('setting again', kv_config('sweep.per_insert'), 4);
DROP TABLE larder_cache; DROP TABLE larder_ledger; DROP TABLE larder_checkpoint; DROP TABLE larder_meta; DROP TABLE larder_migration;
INSERT INTO kv_cache(key, value) VALUES ('b', 3);
INSERT INTO expect VALUES ('all of them', cache_get('b'), 3), ('kv_sweep', kv_sweep(), 0);
-- Inside a transaction as well.
BEGIN;
DROP TABLE larder_cache;
SELECT cache_set('c', 1);
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', cache_get('b'), 3), ('not c', cache_has('c'), 0);
