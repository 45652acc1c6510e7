-- kv_config: sweep.per_insert must be 0 or more; got -1
SELECT kv_config('sweep.per_insert', -1);
