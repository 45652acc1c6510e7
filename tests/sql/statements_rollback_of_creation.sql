-- The first use makes Larder's tables. When that is rolled back, the next use makes them again.
BEGIN;
SELECT cache_set('a', 1), ledger_mark('a');
ROLLBACK;
INSERT INTO expect VALUES ('no table', (SELECT count(*) FROM sqlite_schema), 0), ('get', cache_get('a'), NULL), ('seen', ledger_seen('a'), 0), ('table', (SELECT count(*) FROM kv_cache), 0),
  ('still none', (SELECT count(*) FROM sqlite_schema), 0);
BEGIN;
SAVEPOINT s;
INSERT INTO kv_cache(key, value) VALUES ('a', 2);
ROLLBACK TO s;
SELECT checkpoint_set('c', 3), kv_sweep();
COMMIT;
INSERT INTO expect VALUES ('checkpoint', checkpoint_get('c'), 3), ('not the row', cache_has('a'), 0);
SELECT cache_set('a', 4), ledger_mark('a');
INSERT INTO expect VALUES ('set', cache_get('a'), 4), ('mark', ledger_seen('a'), 1), ('the version', (SELECT value FROM larder_meta WHERE name = 'schema'), 2);
