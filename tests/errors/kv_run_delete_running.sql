-- kv_run: run 1 of 'import' is running; run_finish(1, 'failed') ends it
SELECT run_start('import', 60);
DELETE FROM kv_run;
