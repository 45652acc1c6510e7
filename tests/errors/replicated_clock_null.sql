-- kv_clock: this file is replicated: its clock only knows what kv_clock(t) says
SELECT kv_config('replicated', 1);
SELECT kv_clock(1);
SELECT kv_clock(NULL);
