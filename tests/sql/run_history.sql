-- Ended runs can be deleted, and are swept where that is asked for.
SELECT kv_clock(1000);
SELECT run_start('a', 60, NULL, 'me'), run_start('b', 60, 5), run_start('c', 60, 5, NULL);
INSERT INTO expect SELECT 'owners', group_concat(owner = 'me'), '1,0,0' FROM kv_run;
SELECT run_finish(1), kv_clock(1010), run_finish(2, 'failed', 'x');
-- Nothing is swept until somebody says how long runs are kept.
INSERT INTO expect VALUES ('for ever', kv_sweep(), 0), ('not set', kv_config('run.keep'), NULL), ('set', kv_config('run.keep', '90d'), 7776000.0), ('not yet', kv_sweep(), 0);
SELECT kv_clock(1070), kv_config('run.keep', 60);
-- By its last heartbeat. A run that has crashed stays until another one of its job begins, so that somebody sees it.
INSERT INTO expect VALUES ('two', kv_sweep(), 2), ('the crashed one', (SELECT group_concat(id || status) FROM kv_run), '3crashed'), ('again', kv_sweep(), 0);
INSERT INTO expect VALUES ('a new id', run_start('c', 60), 4), ('now it goes', kv_sweep(), 1), ('alive', (SELECT group_concat(id || status) FROM kv_run), '4running'), ('NULL', kv_config('run.keep', NULL), NULL);
-- DELETE: of what has ended or crashed.
SELECT run_start('d', 60), run_finish(5), run_start('e', 5);
SELECT kv_clock(1075);
DELETE FROM kv_run WHERE status <> 'running';
INSERT INTO expect VALUES ('left', (SELECT group_concat(id) FROM kv_run), '4'), ('ids do not come again', run_start('d', 60), 7);
DELETE FROM kv_run WHERE job = 'nobody';
SELECT run_finish(4), run_finish(7);
DELETE FROM kv_run WHERE id = 7;
DELETE FROM kv_run WHERE job = 'c';
INSERT INTO expect VALUES ('none', (SELECT count(*) FROM larder_run), 0), ('nor now', run_start('d', 60), 8);
-- Many, in steps.
INSERT INTO larder_run(id, job, status, owner, started_at, heartbeat_at) WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 1299) SELECT i, 'm', 'finished', 'me', i, i + 0.0 FROM n;
SELECT kv_config('run.keep', 0), kv_clock(1200);
INSERT INTO expect VALUES ('up to some', kv_sweep(700), 700), ('the oldest', (SELECT min(id) FROM kv_run WHERE job = 'm'), 800), ('the others', kv_sweep(), 401), ('of the future', (SELECT count(*) FROM kv_run WHERE job = 'm'), 99);
-- A value that does not fit, which somebody has written into the file, keeps all runs and lets the sweep go on.
UPDATE larder_meta SET value = 'abc' WHERE name = 'run.keep';
SELECT run_finish(run_start('kept', '1h'));
INSERT INTO kv_cache(key, value, ttl) VALUES ('dead', 1, 0.001);
SELECT kv_clock(kv_clock() + 1e9);
SELECT cache_set('dies', 1, 1), kv_clock(kv_clock() + 2);
INSERT INTO expect VALUES ('swept', kv_sweep() > 0, 1), ('kept', (SELECT count(*) FROM kv_run WHERE job = 'kept'), 1), ('reported', (SELECT status FROM kv_check WHERE name = 'settings'), 'error');
