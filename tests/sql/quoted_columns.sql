-- ALTER TABLE may leave quotes around a column, also in a CHECK. The table is still Larder's.
SELECT cache_set('a', 1), ledger_add('l', 1), run_start('r', 60);
ALTER TABLE larder_ledger RENAME COLUMN status TO s;
ALTER TABLE larder_ledger RENAME COLUMN s TO "status";
ALTER TABLE larder_ledger RENAME COLUMN token TO t;
ALTER TABLE larder_ledger RENAME COLUMN t TO "token";
ALTER TABLE larder_run RENAME COLUMN status TO s;
ALTER TABLE larder_run RENAME COLUMN s TO "status";
ALTER TABLE larder_cache RENAME TO kept;
ALTER TABLE kept RENAME TO "larder_cache";
INSERT INTO expect SELECT 'quoted', sql LIKE '%OR "status" = %', 1 FROM sqlite_schema WHERE name = 'larder_ledger';
INSERT INTO expect VALUES ('written', cache_set('b', 1), 1), ('next', json_extract(ledger_next('l', 60), '$.id'), '1'), ('run', run_finish(1), 1);
