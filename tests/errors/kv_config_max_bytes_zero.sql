-- kv_config: cache.max_bytes must be 1 or more; got 0
SELECT kv_config('cache.max_bytes', 0);
