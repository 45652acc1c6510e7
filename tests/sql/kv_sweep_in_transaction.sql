-- Inside a transaction the sweep is part of it.
SELECT kv_clock(1000);
SELECT cache_set('k' || value, 1, 10) FROM json_each('[1, 2, 3]');
SELECT kv_clock(1010);
BEGIN;
SELECT kv_sweep();
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', (SELECT count(*) FROM larder_cache), 3);
BEGIN;
SELECT kv_sweep();
COMMIT;
INSERT INTO expect VALUES ('committed', (SELECT count(*) FROM larder_cache), 0);
