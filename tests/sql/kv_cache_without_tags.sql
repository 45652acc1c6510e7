-- A file that version 1 has written, and nobody else yet: its entries have no tags. The first call that writes adds the column.
SELECT kv_clock(1000);
SELECT cache_set('a', 1, 60), cache_set('b', 2), cache_set('c', 3), cache_set('d', 4, 5);
DROP INDEX larder_cache_tag;
ALTER TABLE larder_cache DROP COLUMN tag;
DROP TABLE larder_rate;
UPDATE larder_meta SET value = 1 WHERE name = 'schema';
SELECT kv_clock(1005);
INSERT INTO expect SELECT 'in order', group_concat(key || value || coalesce(tag, '-')), 'a1-,b2-,c3-' FROM (SELECT * FROM kv_cache ORDER BY key);
INSERT INTO expect SELECT 'and down', group_concat(key), 'c,b' FROM (SELECT key FROM kv_cache WHERE key > 'a' ORDER BY key DESC);
INSERT INTO expect VALUES ('by key', (SELECT value || ' ' || ttl FROM kv_cache WHERE key = 'a'), '1 55.0'), ('dead', (SELECT count(*) FROM kv_cache WHERE key = 'd'), 0),
  ('a range', (SELECT count(*) FROM kv_cache WHERE key >= 'a' AND key < 'c'), 2), ('GLOB', (SELECT count(*) FROM kv_cache WHERE key GLOB '[ab]*'), 2),
  ('soon over', (SELECT group_concat(key) FROM kv_cache WHERE expires_at < 2000), 'a'), ('size', (SELECT sum(size) FROM kv_cache), 27),
  ('no tag', (SELECT count(*) FROM kv_cache WHERE tag = 'a'), 0), ('none', (SELECT count(*) FROM kv_cache WHERE tag IS NULL), 3),
  ('get', cache_get('a'), 1), ('rates', (SELECT count(*) FROM kv_rate), 0);
INSERT INTO expect VALUES ('nothing was written', (SELECT value FROM larder_meta WHERE name = 'schema'), 1);
UPDATE kv_cache SET tag = 't' WHERE key < 'c';
INSERT INTO expect VALUES ('the version', (SELECT value FROM larder_meta WHERE name = 'schema'), 2), ('tagged', (SELECT count(*) FROM kv_cache WHERE tag = 't'), 2),
  ('cleared', cache_clear_tag('t'), 2), ('c is left', (SELECT group_concat(key) FROM kv_cache), 'c');
