-- A byte order mark is no part of a script, in a file, in a declaration and in a history that has kept it.
INSERT INTO kv_migration(version, up) VALUES (1, char(65279) || '-- migrate:no-transaction' || char(10) || 'BEGIN; CREATE TABLE a(x); COMMIT;');
SELECT migrate();
INSERT INTO expect SELECT 'the mark behind it is read', count(*), 1 FROM sqlite_schema WHERE name = 'a';

.system mkdir s && printf '\357\273\277-- migrate:no-transaction\n-- migrate:up\nBEGIN; CREATE TABLE b(x); COMMIT;\n' >s/2_b.sql && printf '\357\273\277-- migrate:up\nCREATE TABLE a(x);\n' >s/1_a.sql
DROP TABLE a;
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('s');
INSERT INTO expect SELECT 'and in a file with sections', group_concat(name), 'a,b' FROM sqlite_schema WHERE name IN ('a', 'b');

UPDATE larder_migration SET up = char(65279) || up;
INSERT INTO expect SELECT 'a stored text with one', group_concat(state), 'applied,applied' FROM kv_migration('s');
INSERT INTO expect SELECT 'and its checksum', count(*), 0 FROM kv_check WHERE name = 'migrations' AND status <> 'ok';
INSERT INTO expect SELECT 'which is that of the text alone', k.checksum, m.checksum FROM kv_migration AS k JOIN larder_migration AS m USING (version) WHERE version = 2;
