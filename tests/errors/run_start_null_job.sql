-- run_start: job must not be NULL
SELECT run_start(NULL, 5);
