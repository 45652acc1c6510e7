-- kv_run: runs can be deleted, and are changed by the run_ functions
INSERT INTO kv_run(id, job) VALUES (1, 'import');
