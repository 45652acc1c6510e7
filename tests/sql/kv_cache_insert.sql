-- Storing by INSERT, for what comes in bulk: one statement, one commit.
SELECT kv_clock(1000);
INSERT INTO kv_cache(key, value, ttl) VALUES ('a', 1, 10), ('b', 'two', '15m'), ('c', x'03', NULL);
INSERT INTO kv_cache(key, value, expires_at) VALUES ('d', NULL, 1020), ('e', 5.5, '1030.0015'), ('f', 6, 9e999);
INSERT INTO kv_cache(key) VALUES ('g'), (42);
INSERT INTO expect VALUES
  ('a', cache_get('a'), 1), ('its ttl', cache_ttl('a'), 10.0),
  ('b', cache_get('b'), 'two'), ('its ttl with a unit', cache_ttl('b'), 900.0),
  ('c', cache_get('c'), x'03'), ('it never dies', cache_ttl('c'), 9e999),
  ('d', cache_has('d'), 1), ('its end', cache_ttl('d'), 20.0),
  ('its end as text', cache_ttl('e'), 30.002), ('an end that never comes', cache_ttl('f'), 9e999),
  ('without a value', cache_has('g'), 1), ('number as key', cache_get('42', 'miss'), NULL);

-- What expired on arrival is not stored.
INSERT INTO kv_cache(key, value, ttl) VALUES ('late', 1, 0), ('later', 1, -1);
INSERT INTO kv_cache(key, value, expires_at) VALUES ('now', 1, 1000), ('before', 1, 1), ('long before', 1, -9e999);
INSERT INTO expect VALUES ('expired', (SELECT count(*) FROM larder_cache), 8);

-- A live key is in the way unless the statement says what to do; a dead one never is.
INSERT OR IGNORE INTO kv_cache(key, value, ttl) VALUES ('a', 'ignored', 99), ('h', 'new', 99);
INSERT INTO expect VALUES ('ignored', cache_get('a'), 1), ('its end stays', cache_ttl('a'), 10.0), ('not ignored', cache_get('h'), 'new');
INSERT OR REPLACE INTO kv_cache(key, value, ttl) VALUES ('a', 'replaced', 99), ('i', 'new', 99);
INSERT INTO expect VALUES ('replaced', cache_get('a'), 'replaced'), ('with its end', cache_ttl('a'), 99.0), ('not replaced', cache_get('i'), 'new');
REPLACE INTO kv_cache(key, value, ttl) VALUES ('a', 'gone', 0);
INSERT INTO expect VALUES ('replaced by what has expired', cache_has('a'), 0);
SELECT cache_set('dead', 'old', 5);
SELECT kv_clock(1005);
INSERT INTO kv_cache(key, value) VALUES ('dead', 'new');
INSERT INTO expect VALUES ('over a dead one', cache_get('dead'), 'new'), ('created now', (SELECT created_at FROM kv_cache WHERE key = 'dead'), 1005.0);

-- In bulk.
CREATE TEMP TABLE fetched AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
SELECT 'https://example.org/' || i AS url, 'body ' || i AS body FROM n;
INSERT OR REPLACE INTO kv_cache(key, value, ttl) SELECT url, body, 3600 FROM fetched;
INSERT INTO expect VALUES
  ('all of them', (SELECT count(*) FROM kv_cache WHERE key GLOB 'https:*'), 5000),
  ('each its own', (SELECT count(*) FROM fetched WHERE cache_get(url) IS NOT body), 0);
INSERT OR REPLACE INTO kv_cache(key, value, ttl) SELECT url, upper(body), 3600 FROM fetched;
INSERT INTO expect VALUES ('again', (SELECT count(*) FROM fetched WHERE cache_get(url) IS NOT upper(body)), 0);

-- From the cache into the cache, and with RETURNING.
INSERT INTO kv_cache(key, value, ttl) SELECT 'copy of ' || key, value, ttl FROM kv_cache WHERE key GLOB 'https:*1';
INSERT INTO expect VALUES ('copied', (SELECT count(*) FROM kv_cache WHERE key GLOB 'copy of *'), 500);
