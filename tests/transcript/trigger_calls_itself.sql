-- A trigger on larder_cache that stores without end is stopped, and what it had stored goes.
PRAGMA trusted_schema = ON;
.separator ,
SELECT cache_set('a', 1);
--> 1
CREATE TRIGGER chain AFTER INSERT ON larder_cache BEGIN SELECT cache_set(new.key || 'x', 1); END;
SELECT cache_set('b', 2);
--> Error: cache_set: calls are nested too deeply: does a trigger call itself?
INSERT INTO kv_cache(key, value) VALUES ('c', 3);
--> Error: kv_cache: cache_set: calls are nested too deeply: does a trigger call itself?
SELECT group_concat(key) FROM kv_cache;
--> a
BEGIN;
SELECT cache_set('a', 5);
--> 5
SELECT cache_add('d', 4);
--> Error: cache_add: cache_set: calls are nested too deeply: does a trigger call itself?
SELECT cache_get('a'), (SELECT count(*) FROM kv_cache);
--> 5,1
ROLLBACK;
CREATE TRIGGER again AFTER UPDATE ON larder_cache BEGIN SELECT cache_incr(new.key); END;
SELECT cache_incr('a');
--> Error: cache_incr: calls are nested too deeply: does a trigger call itself?
DROP TRIGGER chain;
DROP TRIGGER again;
SELECT cache_incr('a'), cache_set('d', 4);
--> 2,4
PRAGMA integrity_check;
--> ok
