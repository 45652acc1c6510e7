-- Inside a transaction or savepoint of the user's, migrations are part of it.
INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE a(x); INSERT INTO a VALUES (1)', 'DELETE FROM a; ALTER TABLE a RENAME TO old_a');
BEGIN;
CREATE TABLE mine(x);
SELECT migrate();
INSERT INTO expect SELECT 'seen inside', count(*), 1 FROM a;
INSERT INTO expect SELECT 'applied inside', state, 'applied' FROM kv_migration;

ROLLBACK;
INSERT INTO expect SELECT 'gone with it', count(*), 0 FROM sqlite_schema WHERE name IN ('a', 'mine');
INSERT INTO expect SELECT 'pending again', state, 'pending' FROM kv_migration;
INSERT INTO expect SELECT 'user_version too', user_version, 0 FROM pragma_user_version;

SAVEPOINT outer;
SELECT migrate();
ROLLBACK TO outer;
RELEASE outer;
INSERT INTO expect SELECT 'gone with the savepoint', count(*), 0 FROM sqlite_schema WHERE name = 'a';

BEGIN IMMEDIATE;
SELECT migrate();
SELECT migrate_down(0);
SELECT migrate();
COMMIT;
INSERT INTO expect SELECT 'kept', count(*), 1 FROM a;

-- With foreign keys off a table may be dropped there as well: nothing can cascade.
PRAGMA foreign_keys = OFF;
INSERT INTO kv_migration(version, up) VALUES (2, 'DROP TABLE a');
BEGIN;
SELECT migrate();
COMMIT;
INSERT INTO expect SELECT 'dropped', count(*), 0 FROM sqlite_schema WHERE name = 'a';
