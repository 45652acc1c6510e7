-- Each new key removes up to two dead rows, so a cache that nobody sweeps stays bounded.
SELECT kv_clock(1000);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7)
SELECT cache_set('dead' || i, 1, 10) FROM n;
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('seven are dead', (SELECT count(*) FROM larder_cache), 7);

SELECT cache_set('new', 1);
INSERT INTO expect VALUES ('a new key', (SELECT count(*) FROM larder_cache), 1 + 5);
SELECT cache_set('new', 2);
INSERT INTO expect VALUES ('an old key', (SELECT count(*) FROM larder_cache), 1 + 5);
SELECT cache_get('other'), cache_has('other'), cache_ttl('dead1'), cache_stale('dead1');
INSERT INTO expect VALUES ('reads', (SELECT count(*) FROM larder_cache), 1 + 5);
SELECT cache_incr('counter');
INSERT INTO expect VALUES ('a new counter', (SELECT count(*) FROM larder_cache), 2 + 3);
INSERT INTO kv_cache(key, value) VALUES ('row', 1);
INSERT INTO expect VALUES ('a new row', (SELECT count(*) FROM larder_cache), 3 + 1);
SELECT cache_add('add', 1);
INSERT INTO expect VALUES ('the last one', (SELECT count(*) FROM larder_cache), 4);
INSERT INTO expect VALUES ('what lives is left', (SELECT count(*) FROM kv_cache), 4);

-- The setting says how many.
INSERT INTO expect VALUES ('standard', kv_config('sweep.per_insert'), 2);
SELECT cache_set('x' || value, 1, 10) FROM json_each('[1, 2, 3, 4, 5]');
SELECT kv_clock(1020);
SELECT kv_config('sweep.per_insert', 0);
SELECT cache_set('none', 1);
INSERT INTO expect VALUES ('none', (SELECT count(*) FROM larder_cache), 10);
SELECT kv_config('sweep.per_insert', 4);
SELECT cache_set('four', 1);
INSERT INTO expect VALUES ('four', (SELECT count(*) FROM larder_cache), 7);

-- A thousand keys that live for a second, one a second, leave no thousand rows.
SELECT kv_config('sweep.per_insert', NULL);
SELECT cache_clear();
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
SELECT kv_clock(2000 + i), cache_set('second' || i, 1, 1) FROM n;
INSERT INTO expect VALUES ('bounded', (SELECT count(*) FROM larder_cache) <= 2, 1);
