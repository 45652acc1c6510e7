-- Some tools begin with 0: a version like any other.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/0000_a.up.sql && echo 'DROP TABLE a;' >m/0000_a.down.sql && echo 'CREATE TABLE b(x);' >m/0001_b.up.sql && echo 'DROP TABLE b;' >m/0001_b.down.sql
INSERT INTO expect SELECT 'pending', group_concat(state), 'pending,pending' FROM kv_migration('m');
SELECT migrate('m', 0);
INSERT INTO expect SELECT 'up to it', group_concat(state), 'applied,pending' FROM kv_migration('m');
INSERT INTO expect SELECT 'user_version', user_version, 0 FROM pragma_user_version;
INSERT INTO expect SELECT 'the doctor agrees', status, 'ok' FROM kv_check WHERE name = 'migrations';
SELECT migrate('m');
INSERT INTO expect SELECT 'both', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 'b');
SELECT migrate_down(0, 'm');
INSERT INTO expect SELECT 'down to it', group_concat(state), 'applied,pending' FROM kv_migration('m');
SELECT migrate_down(-1, 'm');
INSERT INTO expect SELECT 'below it', group_concat(state), 'pending,pending' FROM kv_migration('m');
INSERT INTO expect SELECT 'nothing left', count(*), 0 FROM sqlite_schema WHERE name IN ('a', 'b');
-- A file that comes with a user_version and no history has it.
DELETE FROM larder_migration;
PRAGMA user_version = 1;
INSERT INTO expect VALUES ('adopted', migrate_check('m'), 1);
