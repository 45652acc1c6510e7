-- Nothing equals, follows or precedes NULL.
SELECT cache_set('a', 1, 60), cache_set('', 2, NULL);
INSERT INTO expect VALUES
  ('=', (SELECT count(*) FROM kv_cache WHERE key = NULL), 0),
  ('IS', (SELECT count(*) FROM kv_cache WHERE key IS NULL), 0),
  ('IS NOT', (SELECT count(*) FROM kv_cache WHERE key IS NOT NULL), 2),
  ('IN', (SELECT count(*) FROM kv_cache WHERE key IN (NULL)), 0),
  ('>', (SELECT count(*) FROM kv_cache WHERE key > NULL), 0),
  ('<=', (SELECT count(*) FROM kv_cache WHERE key <= NULL), 0),
  ('BETWEEN', (SELECT count(*) FROM kv_cache WHERE key BETWEEN NULL AND 'z'), 0),
  ('GLOB', (SELECT count(*) FROM kv_cache WHERE key GLOB NULL), 0),
  ('expires_at', (SELECT count(*) FROM kv_cache WHERE expires_at < NULL), 0),
  ('IS the empty text', (SELECT value FROM kv_cache WHERE key IS ''), 2),
  ('a join with NULL', (SELECT count(*) FROM (SELECT NULL AS k) JOIN kv_cache ON key = k), 0);
