-- kv_config: replicated must be 0 or 1; got 2
SELECT kv_config('replicated', 2);
