-- run_finish: status must be 'finished' or 'failed'; got NULL
SELECT run_finish(1, NULL);
