-- A job's runs: one at a time, how far each is, and how it ended.
INSERT INTO expect VALUES ('before there is one', (SELECT count(*) FROM kv_run), 0);
SELECT kv_clock(1000);
INSERT INTO expect VALUES ('the first', run_start('import', 60, 200), 1), ('a second', run_start('import', 60, 200), NULL), ('another job', run_start('export', '1m'), 2);
SELECT kv_clock(1010);
INSERT INTO expect VALUES ('one', run_tick(1), 1), ('ten', run_tick(1, 10), 1), ('a heartbeat', run_tick(1, 0), 1), ('NULL is as left out', run_tick(1, NULL), 1), ('nobody''s', run_tick(99), 0);
CREATE TEMP VIEW run AS SELECT * FROM kv_run WHERE id = 1;
INSERT INTO expect VALUES ('done', (SELECT done FROM run), 12), ('total', (SELECT total FROM run), 200), ('percent', (SELECT percent FROM run), 6.0),
  ('rate', (SELECT rate FROM run), 1.2), ('eta', (SELECT eta FROM run), 156.7), ('bar', (SELECT bar FROM run), '#-------------------'),
  ('status', (SELECT status FROM run), 'running'), ('heartbeat', (SELECT heartbeat_at FROM run), 1010.0), ('finished', (SELECT finished_at FROM run), NULL),
  ('owner', (SELECT owner GLOB '?*:[0-9]*:?*' FROM run), 1);
-- Each tick gives it the whole lease again, and a better total.
SELECT kv_clock(1069), run_tick(1, 88, 100);
INSERT INTO expect VALUES ('all but none', (SELECT done || ' of ' || total || ' ' || bar || ' ' || eta FROM run), '100 of 100 #################### 0.0'),
  ('the lease', (SELECT lease_until FROM larder_run WHERE id = 1), 1129.0);
SELECT run_tick(1, 5);
INSERT INTO expect VALUES ('more than all', (SELECT percent || ' ' || bar || ' ' || eta FROM run), '105.0 #################### 0.0');
INSERT INTO expect VALUES ('finished', run_finish(1), 1), ('once', run_finish(1), 0), ('no more ticks', run_tick(1), 0);
INSERT INTO expect SELECT 'shown', status || ' ' || finished_at || ' ' || done || ' ' || coalesce(eta, 'no eta') || coalesce(error, ''), 'finished 1069.0 105 no eta' FROM run;
INSERT INTO expect VALUES ('the next', run_start('import', 60), 3), ('failed', run_finish(3, 'failed', 'no such host'), 1);
INSERT INTO expect SELECT 'with its error', status || ': ' || error, 'failed: no such host' FROM kv_run WHERE id = 3;
INSERT INTO expect VALUES ('once more', run_start('import', 60), 4), ('NULL is as left out', run_finish(4, NULL, NULL), 1), ('finished', (SELECT status FROM kv_run WHERE id = 4), 'finished');
-- Without a total there is no telling how far it is.
INSERT INTO expect SELECT 'no total', quote(total) || quote(percent) || quote(eta) || quote(bar), 'NULLNULLNULLNULL' FROM kv_run WHERE id = 2;
-- By job, by id, and in order.
INSERT INTO expect VALUES ('by job', (SELECT group_concat(id) FROM kv_run WHERE job = 'import'), '1,3,4'), ('all', (SELECT group_concat(id) FROM kv_run), '1,2,3,4'),
  ('IN', (SELECT count(*) FROM kv_run WHERE id IN (1, 2, 99)), 2), ('as text', (SELECT count(*) FROM kv_run WHERE id = '1'), 1), ('not a number', (SELECT count(*) FROM kv_run WHERE id = 'x'), 0), ('NULL', (SELECT count(*) FROM kv_run WHERE id = NULL OR job = NULL), 0);
