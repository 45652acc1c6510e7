-- The live entries as a table.
INSERT INTO expect VALUES ('before anything is stored', (SELECT count(*) FROM kv_cache), 0);
SELECT kv_clock(1000);
SELECT cache_set('user:1', 'Ada', 60), cache_set('user:2', 'Grace', 600), cache_set('user', 'none', NULL), cache_set('zoo', 1.5, 60),
  cache_set('dead', 1, 5), cache_set('null', NULL, 60), cache_set(x'7573', x'0001', 60), cache_set('ä', 'ö', 60), cache_set('n*', 12, 60);
SELECT kv_clock(1010);

CREATE TEMP VIEW keys AS SELECT group_concat(CAST(key AS TEXT), ' ') AS all_of_them FROM kv_cache;
INSERT INTO expect SELECT 'key', key, 'user:1' FROM kv_cache WHERE key = 'user:1';
INSERT INTO expect SELECT 'value', value, 'Ada' FROM kv_cache WHERE key = 'user:1';
INSERT INTO expect SELECT 'created_at', created_at, 1000.0 FROM kv_cache WHERE key = 'user:1';
INSERT INTO expect SELECT 'expires_at', expires_at, 1060.0 FROM kv_cache WHERE key = 'user:1';
INSERT INTO expect SELECT 'ttl', ttl, 50.0 FROM kv_cache WHERE key = 'user:1';
INSERT INTO expect SELECT 'never: expires_at', expires_at, NULL FROM kv_cache WHERE key = 'user';
INSERT INTO expect SELECT 'never: ttl', ttl, 9e999 FROM kv_cache WHERE key = 'user';

-- The bytes of key and value; a number counts 8.
INSERT INTO expect SELECT 'size of ' || quote(k.key), (SELECT size FROM kv_cache AS c WHERE c.key = k.key), k.size
FROM (SELECT column1 AS key, column2 AS size FROM (VALUES ('user:1', 9), ('zoo', 11), ('null', 4), (x'7573', 4), ('ä', 4), ('n*', 10))) AS k;
INSERT INTO expect VALUES ('number of sizes', (SELECT count(size) FROM kv_cache), 8);

INSERT INTO expect VALUES ('ascending', (SELECT group_concat(quote(key)) FROM (SELECT key FROM kv_cache ORDER BY key)),
  '''n*'',''null'',''user'',''user:1'',''user:2'',''zoo'',''ä'',X''7573''');
INSERT INTO expect VALUES ('descending', (SELECT group_concat(quote(key)) FROM (SELECT key FROM kv_cache ORDER BY key DESC)),
  'X''7573'',''ä'',''zoo'',''user:2'',''user:1'',''user'',''null'',''n*''');
INSERT INTO expect VALUES ('by another column', (SELECT group_concat(key) FROM (SELECT key FROM kv_cache WHERE key GLOB 'u*' AND typeof(key) = 'text' ORDER BY value)),
  'user:1,user:2,user');
INSERT INTO expect VALUES ('by two columns', (SELECT group_concat(key) FROM (SELECT key FROM kv_cache WHERE key GLOB 'u*' AND typeof(key) = 'text' ORDER BY ttl DESC, key)),
  'user,user:2,user:1');
INSERT INTO expect VALUES ('first', (SELECT key FROM kv_cache ORDER BY key LIMIT 1), 'n*');
INSERT INTO expect VALUES ('third', (SELECT key FROM kv_cache ORDER BY key LIMIT 1 OFFSET 2), 'user');

INSERT INTO expect VALUES
  ('range', (SELECT count(*) FROM kv_cache WHERE key >= 'user' AND key < 'user:2'), 2),
  ('range with its end', (SELECT count(*) FROM kv_cache WHERE key > 'user' AND key <= 'user:2'), 2),
  ('BETWEEN', (SELECT count(*) FROM kv_cache WHERE key BETWEEN 'user' AND 'user:2'), 3),
  ('from', (SELECT count(*) FROM kv_cache WHERE key > 'user:1'), 4),
  ('to', (SELECT count(*) FROM kv_cache WHERE key < 'user:1'), 3),
  ('range of BLOBs', (SELECT count(*) FROM kv_cache WHERE key >= x''), 1),
  ('empty range', (SELECT count(*) FROM kv_cache WHERE key > 'z' AND key < 'a'), 0),
  ('IN', (SELECT count(*) FROM kv_cache WHERE key IN ('zoo', 'user', 'dead', 'nobody', NULL)), 2),
  ('IN a SELECT', (SELECT count(*) FROM kv_cache WHERE key IN (SELECT 'user:' || value FROM json_each('[1, 2, 3]'))), 2),
  ('IN, ordered', (SELECT group_concat(key) FROM (SELECT key FROM kv_cache WHERE key IN ('zoo', 'user', 'null') ORDER BY key DESC)), 'zoo,user,null'),
  ('OR', (SELECT count(*) FROM kv_cache WHERE key = 'zoo' OR key = 'user'), 2),
  ('a dead key', (SELECT count(*) FROM kv_cache WHERE key = 'dead'), 0),
  ('LIKE', (SELECT count(*) FROM kv_cache WHERE key LIKE 'USER:%'), 2),
  ('what expires in the next minute', (SELECT count(*) FROM kv_cache WHERE expires_at < 1010 + 60), 6),
  ('at the very end of it', (SELECT count(*) FROM kv_cache WHERE expires_at < 1060), 0),
  ('and with it', (SELECT count(*) FROM kv_cache WHERE expires_at <= 1060), 6),
  ('later', (SELECT count(*) FROM kv_cache WHERE expires_at > 1060), 1),
  ('never', (SELECT count(*) FROM kv_cache WHERE expires_at IS NULL), 1),
  ('by ttl', (SELECT count(*) FROM kv_cache WHERE ttl < 60), 6),
  ('key and expiry', (SELECT count(*) FROM kv_cache WHERE key GLOB 'user:*' AND expires_at < 1070), 1);

-- What expires soon is found also where the index has not followed: sweep_at is only a lower bound.
SELECT cache_touch('user:2', 10), cache_touch('user:1', 1000);
INSERT INTO expect VALUES ('moved deadlines', (SELECT group_concat(key) FROM kv_cache WHERE expires_at < 1030), 'user:2');
