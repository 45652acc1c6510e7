-- run_start: lease must be more than 0; got 0
SELECT run_start('a', 0);
