-- run_start: total must be 0 or more; got -1
SELECT run_start('a', 5, -1);
