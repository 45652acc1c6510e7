-- What time alone makes possible wakes kv_wait() once: at the very moment, and not again while the clock stands there.
SELECT kv_clock(1000), ledger_add('q', 'a', 'payload', '1m');
--> 1000.0|1
SELECT kv_clock(1059.999);
--> 1059.999
SELECT kv_wait(0.01);
--> 0
SELECT kv_clock(1060);
--> 1060.0
SELECT kv_wait(0.01);
--> 1
SELECT kv_wait(0.01);
--> 0
