-- The setting cache.default_ttl holds where a call leaves out its ttl; NULL says never in so many words.
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('standard', kv_config('cache.default_ttl'), NULL);
INSERT INTO expect VALUES ('set', kv_config('cache.default_ttl', '1h'), 3600.0);
INSERT INTO expect VALUES ('read', kv_config('cache.default_ttl'), 3600.0);

SELECT cache_set('set', 1), cache_set('set never', 1, NULL), cache_set('set short', 1, 5);
SELECT cache_add('add', 1), cache_incr('incr'), cache_incr('incr by', 2);
SELECT cache_set('replace', 1, 5), cache_set('cas', 1, 5), cache_set('touch', 1, 5);
SELECT cache_replace('replace', 2), cache_cas('cas', 1, 2);
INSERT INTO kv_cache(key, value) VALUES ('insert', 1);
INSERT INTO kv_cache(key, value, ttl) VALUES ('insert short', 1, 5);
INSERT INTO kv_cache(key, value, expires_at) VALUES ('insert until', 1, 1005);

INSERT INTO expect VALUES
  ('set', cache_ttl('set'), 3600.0),
  ('set, never', cache_ttl('set never'), 9e999),
  ('set, its own ttl', cache_ttl('set short'), 5.0),
  ('add', cache_ttl('add'), 3600.0),
  ('incr', cache_ttl('incr'), 3600.0),
  ('incr by', cache_ttl('incr by'), 3600.0),
  ('replace', cache_ttl('replace'), 3600.0),
  ('cas', cache_ttl('cas'), 3600.0),
  ('insert', cache_ttl('insert'), 3600.0),
  ('insert, its own ttl', cache_ttl('insert short'), 5.0),
  ('insert, its own end', cache_ttl('insert until'), 5.0);

-- A default of 0 keeps nothing.
SELECT kv_config('cache.default_ttl', 0);
INSERT INTO expect VALUES ('set returns the value', cache_set('set', 7), 7);
INSERT INTO expect VALUES ('and does not keep it', cache_has('set'), 0);

INSERT INTO expect VALUES ('back to the standard', kv_config('cache.default_ttl', NULL), NULL);
SELECT cache_set('set', 1);
INSERT INTO expect VALUES ('never again', cache_ttl('set'), 9e999);
INSERT INTO expect VALUES ('no row is left', (SELECT count(*) FROM larder_meta WHERE name = 'cache.default_ttl'), 0);
