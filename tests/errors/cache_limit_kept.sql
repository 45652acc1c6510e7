-- cache_set: the cache is full and none of its other entries can be removed
SELECT kv_config('cache.max_entries', 1), cache_set('k', 'old');
CREATE TRIGGER keep BEFORE DELETE ON larder_cache BEGIN SELECT RAISE(IGNORE); END;
SELECT cache_set('new', 1);
