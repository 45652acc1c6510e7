-- run_tick: larder_run in this database is not Larder's
CREATE VIEW larder_run AS SELECT 1 AS id;
SELECT run_tick(1);
