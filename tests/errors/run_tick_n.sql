-- run_tick: n must be a whole number; got 0.5
SELECT run_tick(1, 0.5);
