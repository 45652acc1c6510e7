-- INSERT declares and DELETE takes back; neither judges, and neither touches what was applied.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'items', 'CREATE TABLE item(id)'), (2, 'state', 'ALTER TABLE item ADD state');
SELECT migrate();

-- Another text for what was applied is only said. migrate() refuses it as long as it stands.
INSERT INTO kv_migration(version, name, up) VALUES (2, 'state', 'ALTER TABLE item ADD status');
INSERT INTO expect SELECT 'changed', group_concat(version || ' ' || state, ', '), '1 applied, 2 changed' FROM kv_migration;
INSERT INTO expect VALUES ('changed does not fit', migrate_check(), 0);
INSERT INTO expect SELECT 'the history keeps the text that ran', up, 'ALTER TABLE item ADD state' FROM larder_migration WHERE version = 2;

-- Its old text takes that back, and what comes after it is applied.
INSERT INTO kv_migration(version, name, up) VALUES (2, 'state', 'ALTER TABLE item ADD state'), (3, 'notes', 'CREATE TABLE note(x)');
SELECT migrate();
INSERT INTO expect SELECT 'applied', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'all fit', group_concat(DISTINCT state), 'applied' FROM kv_migration;

-- A declaration that is pending is gone with DELETE; so is one that is out of order.
INSERT INTO kv_migration(version, up) VALUES (4, 'CREATE TABLE four(x)'), (7, 'CREATE TABLE seven(x)'), (5, 'CREATE TABLE five(x)');
DELETE FROM kv_migration WHERE version = 4;
DELETE FROM kv_migration WHERE state = 'pending' AND version < 7;
INSERT INTO expect SELECT 'what is left', group_concat(version), '1,2,3,7' FROM kv_migration;
SELECT migrate();
INSERT INTO expect SELECT 'only that is applied', user_version, 7 FROM pragma_user_version;
INSERT INTO kv_migration(version, up) VALUES (6, 'CREATE TABLE six(x)');
INSERT INTO expect SELECT 'late', state, 'out of order' FROM kv_migration WHERE version = 6;
DELETE FROM kv_migration WHERE version = 6;
INSERT INTO expect VALUES ('fits again', migrate_check(), 1);

-- Taken back, a changed one is as if this connection had never heard of it: applied, and not in the source.
INSERT INTO kv_migration(version, name, up) VALUES (2, 'state', 'ALTER TABLE item ADD status');
DELETE FROM kv_migration WHERE version = 2;
INSERT INTO expect SELECT 'missing', state, 'missing' FROM kv_migration WHERE version = 2;
SELECT migrate();
INSERT INTO expect SELECT 'which stops nothing', user_version, 7 FROM pragma_user_version;

-- Deleting nothing is no error, and an undeclared version is nothing.
DELETE FROM kv_migration WHERE version = 99;

-- Both follow the transaction they are in.
BEGIN;
INSERT INTO kv_migration(version, up) VALUES (8, 'CREATE TABLE eight(x)');
SAVEPOINT s;
DELETE FROM kv_migration WHERE version = 8;
INSERT INTO expect SELECT 'deleted', count(*), 0 FROM kv_migration WHERE version = 8;
ROLLBACK TO s;
INSERT INTO expect SELECT 'back again', state, 'pending' FROM kv_migration WHERE version = 8;
ROLLBACK;
INSERT INTO kv_migration(version, up) SELECT 9, 'CREATE TABLE nine(x)';
INSERT INTO expect SELECT 'never declared', group_concat(version), '1,2,3,7,9' FROM kv_migration;
