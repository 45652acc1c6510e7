-- cache_set: this file is replicated and is not told the time: call kv_clock(t) first
SELECT kv_config('replicated', 1);
SELECT cache_set('a', 1);
