-- run_start: total must be a whole number; got 'many'
SELECT run_start('a', 5, 'many');
