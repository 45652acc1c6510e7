-- What bears a name of Larder's and is not is reported, all of it, and fails nothing.
CREATE VIEW larder_cache AS SELECT 1 AS key;
CREATE TABLE larder_lease(name);
CREATE TABLE larder_of_mine(x);
INSERT INTO expect SELECT 'tables', group_concat(status || ': ' || message, '; '),
  'error: larder_cache in this database is not Larder''s: it is a view, or has other columns; error: larder_lease in this database is not Larder''s: it is a view, or has other columns'
  FROM (SELECT * FROM kv_check WHERE name = 'tables' ORDER BY message);
INSERT INTO expect VALUES ('nothing of what is in them', (SELECT count(*) FROM kv_check WHERE name IN ('cache', 'leases')), 0);
DROP VIEW larder_cache;
DROP TABLE larder_lease;
SELECT cache_set('a', 1);
INSERT INTO expect VALUES ('well again', (SELECT count(*) FROM kv_check WHERE status <> 'ok'), 0);
UPDATE larder_meta SET value = 99 WHERE name = 'schema';
INSERT INTO expect SELECT 'newer', status || ': ' || message, 'error: version 99, which this Larder does not know and will not write' FROM kv_check WHERE name = 'tables';
-- It may be asked in a view and in a transaction, and where tables were dropped.
UPDATE larder_meta SET value = 1 WHERE name = 'schema';
CREATE VIEW health AS SELECT count(*) AS problems FROM kv_check WHERE status <> 'ok';
BEGIN;
SELECT cache_set('b', 1);
INSERT INTO expect VALUES ('a view', (SELECT problems FROM health), 0);
COMMIT;
DROP TABLE larder_run;
INSERT INTO expect VALUES ('dropped', (SELECT problems FROM health), 0);
-- An index of the user's is his own affair, but for one that forbids rows.
CREATE INDEX by_id ON larder_ledger(id);
CREATE UNIQUE INDEX mine ON larder_of_mine(x);
CREATE UNIQUE INDEX "one row" ON larder_ledger((1));
INSERT INTO expect SELECT 'a unique index', group_concat(status || ': ' || message, '; '),
  'ok: 9, of version 2; warning: the unique index one row on larder_ledger is not Larder''s, and what it does not allow cannot be stored: drop it'
  FROM kv_check WHERE name = 'tables';
