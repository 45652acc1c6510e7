-- cache_set: key and value are 102 bytes, and cache.max_bytes is 100
SELECT kv_config('cache.max_bytes', 100), cache_set('k', 'old');
SELECT cache_set('ke', zeroblob(100));
