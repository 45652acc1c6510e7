-- cache_get() with a ttl: what it finds gets a new deadline, and nothing else.
SELECT kv_clock(1000);
SELECT cache_set('s', 'v', 10, 't');
SELECT kv_clock(1005);
INSERT INTO expect VALUES ('found', cache_get('s', 'none', 10), 'v'), ('later', cache_ttl('s'), 10.0), ('it is as old', (SELECT created_at FROM kv_cache), 1000.0),
  ('and has its tag', (SELECT tag FROM kv_cache), 't'), ('earlier', cache_get('s', NULL, '2s'), 'v'), ('ttl', cache_ttl('s'), 2.0), ('for ever', cache_get('s', NULL, NULL), 'v'),
  ('Inf', cache_ttl('s'), 9e999), ('with an end', cache_get('s', NULL, 5), 'v'), ('again', cache_ttl('s'), 5.0);
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('over', cache_get('s', 'none', 10), 'none'), ('stays so', cache_has('s'), 0), ('a miss stores nothing', cache_get('t', 'none', 10), 'none'), ('none', cache_has('t'), 0),
  ('NULL on a miss', cache_get('t', NULL, 10), NULL);
-- A ttl that is over removes, as that of cache_touch() does, and the value is told.
SELECT cache_set('s', 'w', 10);
INSERT INTO expect VALUES ('the last time', cache_get('s', 'none', 0), 'w'), ('gone', cache_has('s'), 0);
-- Hits and misses are counted as ever.
INSERT INTO expect SELECT 'hits', group_concat(value), '5,3' FROM (SELECT value FROM kv_stats WHERE name IN ('hits', 'misses') ORDER BY name);
-- A stored NULL is found.
SELECT cache_set('nil', NULL, 10);
INSERT INTO expect VALUES ('NULL', cache_get('nil', 'none', 60), NULL), ('touched', cache_ttl('nil'), 60.0);
