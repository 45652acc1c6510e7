-- kv_config: replicated must be 0 or 1; got 'yes'
SELECT kv_config('replicated', 'yes');
