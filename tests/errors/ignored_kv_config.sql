-- kv_config: larder_meta did not take the change: is there a trigger on it?
SELECT cache_set('n', 1);
CREATE TRIGGER keep BEFORE INSERT ON larder_meta BEGIN SELECT RAISE(IGNORE); END;
SELECT kv_config('cache.max_entries', 9);
