-- cache_set: the cache is full and none of its other entries can be removed
SELECT kv_clock(1000), kv_config('cache.max_entries', 1), cache_set('k', 'old', 5);
CREATE TRIGGER put_back AFTER DELETE ON larder_cache BEGIN
  INSERT INTO larder_cache(key, value, created_at, expires_at, sweep_at)
  VALUES (old.key, old.value, old.created_at, old.expires_at, old.sweep_at);
END;
SELECT kv_clock(2000), cache_set('new', 1);
