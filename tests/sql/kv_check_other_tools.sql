-- The doctor on a history of another tool beside Larder's: neither tool sees what the other one does.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/1_a.sql
CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP);
INSERT INTO goose_db_version(version_id, is_applied) VALUES (0, 1);
SELECT cache_set('a', 1);
INSERT INTO expect SELECT 'no history', status || ': ' || message, 'ok: 0 applied' FROM kv_check WHERE name = 'migrations';
SELECT migrate('m');
INSERT INTO expect SELECT 'an empty one', status || ': ' || message, 'ok: 1 applied' FROM kv_check WHERE name = 'migrations';
INSERT INTO goose_db_version(version_id, is_applied) VALUES (1, 1);
INSERT INTO expect SELECT 'goose', status || ': ' || message,
  'warning: there are histories of both Larder (larder_migration) and goose (goose_db_version); drop the one that is not in use' FROM kv_check WHERE name = 'migrations';
DROP TABLE goose_db_version;
INSERT INTO expect SELECT 'dropped', status, 'ok' FROM kv_check WHERE name = 'migrations';
CREATE TABLE moves(version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO moves VALUES ('467cab35af63');
INSERT INTO expect SELECT 'Alembic, under another name', status || ': ' || message,
  'warning: there are histories of both Larder (larder_migration) and Alembic (moves); drop the one that is not in use' FROM kv_check WHERE name = 'migrations';
SELECT migrate_baseline(0, 'm');
INSERT INTO expect SELECT 'passed over', status, 'ok' FROM kv_check WHERE name = 'migrations';
