-- kv_cache: UNIQUE constraint failed: gone.key
SELECT kv_config('cache.max_entries', 100), kv_clock(1000), cache_set('page', 1, 5), kv_clock(2000);
CREATE TABLE gone(key UNIQUE ON CONFLICT ROLLBACK); INSERT INTO gone VALUES ('page');
CREATE TRIGGER audit AFTER DELETE ON larder_cache BEGIN INSERT INTO gone VALUES (old.key); END;
INSERT INTO kv_cache(key, value) VALUES ('page', 2);
