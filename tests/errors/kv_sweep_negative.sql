-- kv_sweep: max_rows must be 0 or more; got -1
SELECT kv_sweep(-1);
