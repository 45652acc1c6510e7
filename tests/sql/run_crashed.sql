-- A run that was killed stops blocking its job when its lease ends, and its own late calls change nothing.
SELECT kv_clock(1000), run_start('import', 60, 10), run_tick(1, 4);
SELECT kv_clock(1059.999);
INSERT INTO expect VALUES ('alive', run_start('import', 60), NULL), ('running', (SELECT status FROM kv_run), 'running'), ('counted', (SELECT value FROM kv_stats WHERE name = 'running'), 1);
SELECT kv_clock(1060);
INSERT INTO expect VALUES ('it shows at once', (SELECT status FROM kv_run), 'crashed'), ('no eta', (SELECT eta FROM kv_run), NULL), ('not counted', (SELECT value FROM kv_stats WHERE name = 'running'), 0),
  ('the doctor', (SELECT message FROM kv_check WHERE name = 'runs'), 'run 1 of ''import'' ended without run_finish(), and none has started since');
-- The zombie is told to stop.
INSERT INTO expect VALUES ('tick', run_tick(1), 0), ('finish', run_finish(1), 0), ('unchanged', (SELECT done || status FROM larder_run), '4running');
INSERT INTO expect VALUES ('the next run', run_start('import', 60), 2);
INSERT INTO expect VALUES ('written down', (SELECT group_concat(status) FROM larder_run), 'crashed,running'), ('the doctor is content', (SELECT status FROM kv_check WHERE name = 'runs'), 'ok'),
  ('when it was last heard of', (SELECT heartbeat_at || coalesce(finished_at, ' and never finished') FROM kv_run WHERE id = 1), '1000.0 and never finished');
INSERT INTO expect VALUES ('tick', run_tick(1), 0), ('finish', run_finish(1, 'finished'), 0), ('the other one', run_tick(2), 1);
-- Also when the clock goes back to before the end.
SELECT kv_clock(1030);
INSERT INTO expect VALUES ('still a zombie', run_tick(1), 0), ('still one at a time', run_start('import', 60), NULL);
-- A lease that never ends: only run_finish ends such a run.
SELECT run_start('daemon', NULL);
SELECT kv_clock(1e12);
INSERT INTO expect VALUES ('for ever', run_start('daemon', 60), NULL), ('ticks', run_tick(3), 1), ('no end', (SELECT lease_until FROM larder_run WHERE id = 3), NULL), ('finished', run_finish(3), 1);
-- An id does not come again, even when its row was deleted.
DELETE FROM larder_run;
INSERT INTO expect VALUES ('a new id', run_start('import', 60), 4), ('old ones are nobody', run_tick(1) + run_tick(2) + run_finish(3), 0);
DELETE FROM larder_meta WHERE name = 'run.last_id';
INSERT INTO expect VALUES ('nor when that was', run_start('other', 60), 5);
