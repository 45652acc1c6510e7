-- kv_config: cache.policy must be 'lru' or 'fifo'; got 'random'
SELECT kv_config('cache.policy', 'random');
