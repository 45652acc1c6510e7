-- key and value are 101 bytes, and cache.max_bytes is 100
SELECT kv_config('cache.max_bytes', 100), cache_set('k', 'old');
UPDATE kv_cache SET value = zeroblob(100);
