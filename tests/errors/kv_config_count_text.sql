-- kv_config: sweep.per_insert must be a whole number; got 'many'
SELECT kv_config('sweep.per_insert', 'many');
