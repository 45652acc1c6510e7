-- run_start: the ids are used up: see 'run.last_id' in larder_meta
SELECT run_start('a', 5);
UPDATE larder_meta SET value = 9223372036854775807 WHERE name = 'run.last_id';
SELECT run_start('b', 5);
