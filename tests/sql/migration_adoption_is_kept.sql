-- A database that came at version 5 stays migrated up to 5, whatever this program declares of it.
PRAGMA user_version = 5;
INSERT INTO kv_migration(version, up, down) VALUES (1, 'CREATE TABLE wrong(x)', ''), (7, 'CREATE TABLE seven(x)', 'DROP TABLE seven');
SELECT migrate(NULL, 5);
INSERT INTO expect SELECT 'not lowered', user_version, 5 FROM pragma_user_version;
INSERT INTO kv_migration(version, up, down) VALUES (4, 'CREATE TABLE wrong(x)', '');
INSERT INTO expect SELECT 'the fourth', state, 'applied' FROM kv_migration WHERE version = 4;
SELECT migrate();
INSERT INTO expect SELECT 'the seventh', user_version, 7 FROM pragma_user_version;
INSERT INTO expect SELECT 'nothing ran twice', count(*), 0 FROM sqlite_schema WHERE name = 'wrong';
SELECT migrate_down(5);
INSERT INTO expect SELECT 'down again', user_version, 5 FROM pragma_user_version;
SELECT migrate_down(1);
INSERT INTO expect SELECT 'below what it came with', user_version, 1 FROM pragma_user_version;
