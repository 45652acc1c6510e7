-- Going down from where a database came records what it came with, and nothing when there is nothing to undo.
CREATE TABLE a(x);
CREATE TABLE b(x);
CREATE TABLE c(x);
PRAGMA user_version = 3;
SELECT cache_set('creates the tables', 1);
INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE a(x)', 'DROP TABLE a'), (2, 'CREATE TABLE b(x)', 'DROP TABLE b'), (3, 'CREATE TABLE c(x)', 'DROP TABLE c');
SELECT migrate_down(3);
INSERT INTO expect SELECT 'nothing to undo', count(*), 0 FROM larder_migration;
SELECT migrate_down(2);
INSERT INTO expect SELECT 'recorded', group_concat(version), '1,2' FROM larder_migration;
INSERT INTO expect SELECT 'undone', group_concat(name), 'a,b' FROM sqlite_schema WHERE name IN ('a', 'b', 'c');
