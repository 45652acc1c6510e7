-- kv_run: runs can be deleted, and are changed by the run_ functions
SELECT run_start('import', 60);
UPDATE kv_run SET done = 5;
