-- run_finish: status must be 'finished' or 'failed'; got 'ok'
SELECT run_finish(1, 'ok');
