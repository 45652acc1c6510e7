-- kv_config: sweep.per_insert must be a whole number; got 1.5
SELECT kv_config('sweep.per_insert', 1.5);
