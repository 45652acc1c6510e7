-- kv_clock: t must be in seconds, and before the year 10000; got 1790000000000
SELECT kv_config('replicated', 1);
SELECT kv_clock(1790000000000);
