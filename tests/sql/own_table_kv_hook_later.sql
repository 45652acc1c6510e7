-- The same when the table comes while Larder is at work.
SELECT cache_set('a', 1), cache_get('a');
CREATE TABLE kv_hook(mine);
INSERT INTO kv_hook VALUES (1);
CREATE TABLE kv_cache(mine);
SELECT cache_set('b', 2), cache_get('a'), cache_get('b');
INSERT INTO expect VALUES ('a', cache_get('a'), 1), ('b', cache_get('b'), 2), ('mine', (SELECT count(*) FROM kv_hook), 1), ('mine too', (SELECT count(*) FROM kv_cache), 0);
DROP TABLE kv_hook;
DROP TABLE kv_cache;
INSERT INTO expect VALUES ('Larder''s', (SELECT count(*) FROM kv_cache), 2);
