-- A user's trigger on Larder's own table may call Larder.
SELECT kv_clock(1000);
SELECT cache_set('a', 1), cache_get('a');
CREATE TABLE log(key, got, has);
CREATE TRIGGER log_insert AFTER INSERT ON larder_cache BEGIN INSERT INTO log VALUES (new.key, cache_get(new.key), cache_has(new.key)); END;
CREATE TRIGGER log_update AFTER UPDATE ON larder_cache BEGIN INSERT INTO log VALUES (new.key, cache_get(new.key), cache_has('a')); END;
CREATE TRIGGER log_delete AFTER DELETE ON larder_cache BEGIN INSERT INTO log VALUES (old.key, cache_get(old.key, 'gone'), cache_has(old.key)); END;
SELECT cache_set('b', 2), cache_set('b', 3), cache_incr('b'), cache_touch('b', 60), cache_pop('b');
INSERT INTO kv_cache(key, value) VALUES ('c', 5);
UPDATE kv_cache SET value = 6 WHERE key = 'c';
DELETE FROM kv_cache WHERE key = 'c';
INSERT INTO expect VALUES ('log', (SELECT group_concat(key || got || has, ' ') FROM log), 'b21 b31 b41 b41 bgone0 c51 c61 cgone0');
INSERT INTO expect VALUES ('as it was', (SELECT group_concat(key || value) FROM kv_cache), 'a1');
DROP TRIGGER log_insert; DROP TRIGGER log_update; DROP TRIGGER log_delete;
-- One that stores something else comes to an end: the second time its key is there already.
CREATE TRIGGER newest AFTER INSERT ON larder_cache BEGIN SELECT cache_set('newest', new.key); END;
SELECT cache_set('d', 7);
INSERT INTO expect VALUES ('its row', cache_get('d'), 7), ('newest', cache_get('newest') IN ('d', 'newest'), 1);
SELECT cache_set('e', 8);
INSERT INTO expect VALUES ('next', cache_get('newest'), 'e'), ('is stored', cache_get('e'), 8);
DROP TRIGGER newest;
-- One that keeps dead rows fails the sweep, not every set.
SELECT cache_set('mortal', 1, 5);
CREATE TRIGGER keep BEFORE DELETE ON larder_cache BEGIN SELECT RAISE(ABORT, 'kept'); END;
SELECT kv_clock(1005);
SELECT cache_set('f', 9);
INSERT INTO expect VALUES ('set', cache_get('f'), 9), ('kept', cache_stale('mortal'), 1);
