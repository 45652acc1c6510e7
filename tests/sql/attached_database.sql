-- Larder works in main; tables of its names in an attached database are data.
ATTACH ':memory:' AS other;
CREATE TABLE other.larder_cache(key, value);
INSERT INTO other.larder_cache VALUES ('a', 'other');
INSERT INTO expect VALUES ('get', cache_get('a'), NULL);
SELECT cache_set('a', 'main');
INSERT INTO expect VALUES ('set', cache_get('a'), 'main'), ('other', (SELECT group_concat(value) FROM other.larder_cache), 'other');
CREATE TABLE other.copy AS SELECT key, value FROM kv_cache;
INSERT INTO other.copy SELECT 'b', cache_set('b', 1);
INSERT INTO expect VALUES ('from one to the other', (SELECT group_concat(key) FROM other.copy), 'a,b');
