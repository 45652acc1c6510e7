-- kv_config: cache.policy must be 'lru' or 'fifo'; got a BLOB of 3 bytes
SELECT kv_config('cache.policy', x'6c7275');
