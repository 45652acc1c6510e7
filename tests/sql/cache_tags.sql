-- A tag: one word by which entries are removed together.
SELECT kv_clock(1000);
SELECT cache_set('page:1', 'a', '1h', 'author:7'), cache_set('page:2', 'b', '1h', 'author:7'), cache_set('page:3', 'c', '1h', 'author:8'),
  cache_set('page:4', 'd', '1h');
INSERT INTO expect SELECT 'shown', group_concat(key || '=' || coalesce(tag, '-')), 'page:1=author:7,page:2=author:7,page:3=author:8,page:4=-' FROM (SELECT key, tag FROM kv_cache ORDER BY key);
INSERT INTO expect VALUES ('two go', cache_clear_tag('author:7'), 2), ('none is left of them', cache_clear_tag('author:7'), 0),
  ('the others stay', (SELECT group_concat(key) FROM (SELECT key FROM kv_cache ORDER BY key)), 'page:3,page:4'),
  ('a tag is a whole word', cache_clear_tag('author'), 0);

-- Storing sets the tag or removes it; what changes an entry otherwise keeps it.
SELECT cache_set('k', 1, '1h', 't'), cache_incr('k', 4), cache_touch('k', '2h'), cache_cas('k', 5, 6, '3h'), cache_claim('k', 5);
UPDATE kv_cache SET value = 7, ttl = 60 WHERE key = 'k';
SELECT cache_get('k', NULL, 90);
INSERT INTO expect VALUES ('kept', (SELECT tag || value FROM kv_cache WHERE key = 'k'), 't7');
SELECT cache_set('k', 1, '1h', 'u');
INSERT INTO expect VALUES ('another', (SELECT tag FROM kv_cache WHERE key = 'k'), 'u'), ('not by the first', cache_clear_tag('t'), 0);
SELECT cache_set('k', 2, '1h', 'u');
INSERT INTO expect VALUES ('the same again', (SELECT tag || value FROM kv_cache WHERE key = 'k'), 'u2');
SELECT cache_set('k', 3, '1h');
INSERT INTO expect VALUES ('removed', (SELECT tag FROM kv_cache WHERE key = 'k'), NULL), ('not by the second', cache_clear_tag('u'), 0),
  ('with a tag and for ever', cache_set('k', 4, NULL, 'u'), 4), ('ttl', cache_ttl('k'), 9e999), ('replaced', cache_replace('k', 5, '1h', 'v'), 1),
  ('by its tag', (SELECT tag FROM kv_cache WHERE key = 'k'), 'v'), ('replaced without', cache_replace('k', 5), 1),
  ('none', (SELECT tag FROM kv_cache WHERE key = 'k'), NULL), ('added', cache_add('new', 1, '1h', 'v'), 1), ('is there', cache_add('new', 1, '1h', 'w'), 0),
  ('the first', (SELECT tag FROM kv_cache WHERE key = 'new'), 'v'), ('NULL is none', cache_set('new', 1, '1h', NULL), 1),
  ('so', (SELECT tag FROM kv_cache WHERE key = 'new'), NULL);

-- A number is its text, as a key's is.
SELECT cache_set('n1', 1, '1h', 42), cache_set('n2', 1, '1h', 42.0), cache_set('n3', 1, '1h', '42'), cache_set('n4', 1, '1h', 1e300);
INSERT INTO expect VALUES ('one tag', (SELECT count(*) FROM kv_cache WHERE tag = 42), 3), ('as text', (SELECT count(*) FROM kv_cache WHERE tag = '42'), 3),
  ('its type', (SELECT group_concat(DISTINCT typeof(tag)) FROM kv_cache WHERE tag IS NOT NULL), 'text'), ('a REAL', (SELECT count(*) FROM kv_cache WHERE tag = 1e300), 1),
  ('cleared', cache_clear_tag(42), 3), ('and the REAL', cache_clear_tag(1e300), 1);

-- Dead rows go too, and are not counted. A dead entry that is stored anew has the new tag.
SELECT cache_set('dead', 1, 10, 't'), cache_set('live', 1, 20, 't'), cache_set('again', 1, 10, 't');
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('again, without', cache_incr('again'), 1), ('one lived', cache_clear_tag('t'), 1), ('again stays', cache_get('again'), 1),
  ('no row is left', (SELECT count(*) FROM larder_cache WHERE key IN ('dead', 'live')), 0);

-- In kv_cache.
SELECT cache_clear();
INSERT INTO kv_cache(key, value, tag) VALUES ('a', 1, 't'), ('b', 2, NULL), ('c', 3, 9);
INSERT OR REPLACE INTO kv_cache(key, value, tag) VALUES ('a', 4, 'u');
INSERT INTO expect SELECT 'inserted', group_concat(key || value || coalesce(tag, '-')), 'a4u,b2-,c39' FROM (SELECT * FROM kv_cache ORDER BY key);
UPDATE kv_cache SET tag = 'all';
INSERT INTO expect VALUES ('updated', (SELECT count(*) FROM kv_cache WHERE tag = 'all'), 3), ('values stay', (SELECT sum(value) FROM kv_cache), 9);
UPDATE kv_cache SET tag = NULL, value = 5 WHERE key = 'a';
UPDATE kv_cache SET tag = key || '!' FROM (SELECT 'b' AS k) WHERE key = k;
INSERT INTO expect SELECT 'one by one', group_concat(key || value || coalesce(tag, '-')), 'a5-,b2b!,c3all' FROM (SELECT * FROM kv_cache ORDER BY key);
INSERT INTO expect VALUES ('NULL equals nothing', (SELECT count(*) FROM kv_cache WHERE tag = NULL), 0), ('IS NULL', (SELECT count(*) FROM kv_cache WHERE tag IS NULL), 1),
  ('IN', (SELECT count(*) FROM kv_cache WHERE tag IN ('b!', 'all', 'x')), 2), ('ordered', (SELECT group_concat(key) FROM (SELECT key FROM kv_cache WHERE tag IN ('all', 'b!') ORDER BY key DESC)), 'c,b'),
  ('and a key', (SELECT count(*) FROM kv_cache WHERE tag = 'all' AND key GLOB 'b*'), 0);
DELETE FROM kv_cache WHERE tag = 'all';
INSERT INTO expect VALUES ('deleted', (SELECT group_concat(key) FROM (SELECT key FROM kv_cache ORDER BY key)), 'a,b');

-- With a limit, which counts keys and values only. What is evicted takes its tag along.
SELECT cache_clear(), kv_config('cache.max_entries', 2), kv_config('cache.policy', 'fifo');
SELECT cache_set('a', 1, NULL, 't'), cache_set('b', 2, NULL, 't'), cache_set('c', 3, NULL, 't'), cache_set('c', 4, NULL, 'u'), cache_set('b', 5);
INSERT INTO expect SELECT 'two', group_concat(key || value || coalesce(tag, '-')), 'b5-,c4u' FROM (SELECT * FROM kv_cache ORDER BY key);
INSERT INTO expect VALUES ('none is left of t', cache_clear_tag('t'), 0), ('size', (SELECT sum(size) FROM kv_cache), 18),
  ('counted', (SELECT value FROM larder_meta WHERE name = 'cache.bytes'), 18), ('cleared', cache_clear_tag('u'), 1),
  ('counted again', (SELECT group_concat(value) FROM larder_meta WHERE name IN ('cache.bytes', 'cache.entries')), '9,1');
SELECT kv_config('cache.max_entries', NULL);

-- In a transaction, with what it does.
BEGIN;
SELECT cache_set('x', 1, NULL, 't'), cache_clear_tag('t'), cache_set('y', 1, NULL, 't');
ROLLBACK;
INSERT INTO expect VALUES ('rolled back', cache_clear_tag('t'), 0), ('b is there', cache_get('b'), 5);
INSERT INTO expect SELECT 'well', group_concat(name || ' ' || message), NULL FROM kv_check WHERE status <> 'ok';
