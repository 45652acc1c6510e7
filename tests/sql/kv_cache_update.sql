-- Changing value, ttl and expires_at of rows that are there.
SELECT kv_clock(1000);
SELECT cache_set('a', 1, 10), cache_set('b', 2, 20), cache_set('never', 3, NULL), cache_set('dead', 4, 5);
SELECT kv_clock(1005);

UPDATE kv_cache SET value = value * 10;
INSERT INTO expect VALUES ('value', cache_get('a'), 10), ('end', cache_ttl('a'), 5.0), ('never', cache_ttl('never'), 9e999),
  ('a dead row is not touched', cache_stale('dead'), 4);
INSERT INTO expect VALUES ('created_at', (SELECT created_at FROM kv_cache WHERE key = 'a'), 1000.0);

UPDATE kv_cache SET ttl = 60 WHERE key = 'a';
INSERT INTO expect VALUES ('ttl', cache_ttl('a'), 60.0), ('value stays', cache_get('a'), 10);
UPDATE kv_cache SET ttl = '2m', value = 'both' WHERE key = 'a';
INSERT INTO expect VALUES ('ttl with a unit', cache_ttl('a'), 120.0), ('and value', cache_get('a'), 'both');
UPDATE kv_cache SET expires_at = 2000 WHERE key = 'a';
INSERT INTO expect VALUES ('expires_at', cache_ttl('a'), 995.0);
UPDATE kv_cache SET expires_at = expires_at + 5 WHERE key = 'a';
INSERT INTO expect VALUES ('five seconds more', cache_ttl('a'), 1000.0);
UPDATE kv_cache SET expires_at = NULL WHERE key = 'a';
INSERT INTO expect VALUES ('expires_at NULL', cache_ttl('a'), 9e999);
UPDATE kv_cache SET ttl = 30 WHERE key = 'a';
UPDATE kv_cache SET ttl = NULL WHERE key = 'a';
INSERT INTO expect VALUES ('ttl NULL', cache_ttl('a'), 9e999);
UPDATE kv_cache SET value = NULL WHERE key = 'b';
INSERT INTO expect VALUES ('value NULL', cache_has('b'), 1), ('is stored', cache_get('b', 'miss'), NULL);

-- Over is over.
UPDATE kv_cache SET ttl = 0 WHERE key = 'a';
INSERT INTO expect VALUES ('ttl 0', cache_has('a'), 0);
UPDATE kv_cache SET expires_at = 1005 WHERE key = 'b';
INSERT INTO expect VALUES ('expires_at now', cache_has('b'), 0);

-- Nothing there, nothing done.
UPDATE kv_cache SET value = 1 WHERE key = 'nobody';
INSERT INTO expect VALUES ('nobody', cache_has('nobody'), 0);

-- Naming what a column has already is no change.
UPDATE kv_cache SET key = key, created_at = created_at, size = size, value = 'same key' WHERE key = 'never';
INSERT INTO expect VALUES ('value', cache_get('never'), 'same key'), ('ttl', cache_ttl('never'), 9e999);
