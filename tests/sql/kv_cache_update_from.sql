-- UPDATE ... FROM hands over all columns, also those it does not set: they must stay as they were.
SELECT kv_clock(1000);
SELECT cache_set('a', 1, 10), cache_set('b', 2, 20.5), cache_set('never', 3, NULL), cache_set('other', 4, 40);
CREATE TEMP TABLE news(k TEXT PRIMARY KEY, v, t);
INSERT INTO news VALUES ('a', 'A', 100), ('b', 'B', NULL), ('never', 'N', '5m'), ('absent', 'X', 1);
SELECT kv_clock(1000.25);

UPDATE kv_cache SET value = news.v FROM news WHERE key = news.k;
INSERT INTO expect VALUES
  ('values', (SELECT group_concat(value) FROM (SELECT value FROM kv_cache ORDER BY key)), 'A,B,N,4'),
  ('ttl of a', cache_ttl('a'), 9.75), ('ttl of b', cache_ttl('b'), 20.25), ('ttl of never', cache_ttl('never'), 9e999),
  ('created_at', (SELECT count(*) FROM kv_cache WHERE created_at <> 1000), 0),
  ('absent', cache_has('absent'), 0);
UPDATE kv_cache SET ttl = news.t FROM news WHERE key = news.k;
INSERT INTO expect VALUES
  ('new ttl of a', cache_ttl('a'), 100.0), ('new ttl of b', cache_ttl('b'), 9e999), ('new ttl of never', cache_ttl('never'), 300.0),
  ('values stay', (SELECT group_concat(value) FROM (SELECT value FROM kv_cache ORDER BY key)), 'A,B,N,4');
UPDATE kv_cache SET expires_at = 1500, value = news.v || '!' FROM news WHERE key = news.k AND news.k = 'a';
INSERT INTO expect VALUES ('end', cache_ttl('a'), 499.75), ('and value', cache_get('a'), 'A!');

-- Time goes on while a statement runs: a row that the scan met earlier keeps its deadline all the same.
UPDATE kv_cache SET value = step.v
FROM (SELECT k, v, kv_clock(1001 + rowid) AS at FROM news WHERE k IN ('a', 'never')) AS step
WHERE key = step.k AND step.at > 0;
SELECT kv_clock(1003);
INSERT INTO expect VALUES
  ('deadline of a', (SELECT expires_at FROM kv_cache WHERE key = 'a'), 1500.0),
  ('deadline of never', (SELECT expires_at FROM kv_cache WHERE key = 'never'), 1300.25);
-- Also when it is read a second time, at another time.
SELECT kv_clock(1004);
SELECT cache_clear(), cache_set('c', 1, 1000), cache_set('d', 2, 1000);
UPDATE kv_cache SET value = c2.value + 100 FROM kv_cache AS c2 WHERE c2.key = kv_cache.key AND kv_clock(1004 + kv_cache.value) > 0;
INSERT INTO expect VALUES ('both', cache_get('c') || ',' || cache_get('d'), '101,102'), ('their deadlines', (SELECT group_concat(DISTINCT expires_at) FROM kv_cache), '2004.0');
UPDATE kv_cache SET expires_at = 3000 FROM kv_cache AS c2 WHERE c2.key = kv_cache.key AND kv_clock(1104 + kv_cache.value) > 0;
INSERT INTO expect VALUES ('other deadlines', (SELECT group_concat(DISTINCT expires_at) FROM kv_cache), '3000.0');
