-- kv_sweep: max_rows must be a whole number; got 'all'
SELECT kv_sweep('all');
