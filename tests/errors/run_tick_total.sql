-- run_tick: total must be 0 or more; got -1
SELECT run_tick(1, 1, -1);
