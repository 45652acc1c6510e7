-- A script of its own cascades as little as the others, and foreign_keys are afterwards what they were.
CREATE TABLE p(id INTEGER PRIMARY KEY);
CREATE TABLE ch(p REFERENCES p ON DELETE CASCADE);
INSERT INTO p VALUES (1);
INSERT INTO ch VALUES (1);
INSERT INTO kv_migration(version, up) VALUES (1, '-- migrate:no-transaction
DROP TABLE p; CREATE TABLE p(id INTEGER PRIMARY KEY, name); INSERT INTO p VALUES (1, NULL)');
SELECT migrate();
INSERT INTO expect SELECT 'children', count(*), 1 FROM ch;
INSERT INTO kv_migration(version, up) VALUES (2, '-- migrate:no-transaction
PRAGMA foreign_keys = OFF; CREATE TABLE x(a)');
SELECT migrate();
INSERT INTO expect SELECT 'on as before', foreign_keys, 1 FROM pragma_foreign_keys;
PRAGMA foreign_keys = OFF;
INSERT INTO kv_migration(version, up) VALUES (3, '-- migrate:no-transaction
PRAGMA foreign_keys = ON');
SELECT migrate();
INSERT INTO expect SELECT 'off as before', foreign_keys, 0 FROM pragma_foreign_keys;
