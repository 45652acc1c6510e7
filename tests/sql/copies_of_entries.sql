-- Who adds entries to what he reads may meet them again. What is read first is copied once; so it is by INSERT ... SELECT.
SELECT cache_set('a', 1), cache_set('b', 2);
CREATE TEMP TABLE old AS SELECT key, value FROM kv_cache;
SELECT cache_set('new:' || key, value) FROM old;
INSERT INTO expect VALUES ('copied', (SELECT group_concat(key || '=' || value) FROM (SELECT * FROM kv_cache ORDER BY key)), 'a=1,b=2,new:a=1,new:b=2');
CREATE TEMP TABLE renamed AS SELECT key FROM kv_cache WHERE key GLOB 'new:*';
SELECT cache_set('old:' || key, cache_pop(key)) FROM renamed;
INSERT INTO expect VALUES ('renamed', (SELECT group_concat(key || '=' || value) FROM (SELECT * FROM kv_cache ORDER BY key)), 'a=1,b=2,old:new:a=1,old:new:b=2');
INSERT INTO kv_cache(key, value) SELECT 'third:' || key, value FROM kv_cache WHERE key < 'c';
INSERT INTO expect VALUES ('by INSERT', (SELECT count(*) FROM kv_cache), 6);
-- A number and its text are one key, and two values of a list.
CREATE TEMP TABLE wanted(v);
INSERT INTO wanted VALUES (42), ('42');
SELECT cache_set(42, 'x');
INSERT INTO expect VALUES ('found once', (SELECT count(*) FROM kv_cache WHERE key IN (SELECT CAST(v AS TEXT) FROM wanted)), 1);
