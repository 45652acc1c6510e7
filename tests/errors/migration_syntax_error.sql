-- migrate: migration 1 (state):4: near "INDX": syntax error (statement 2, nothing was applied)
-- only where sqlite_version() >= '3.38'
-- The line is that of the word SQLite stumbled over.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'state', '-- a table and its index
CREATE TABLE a(x);
CREATE
INDX i ON a(x);
CREATE TABLE b(x)');
SELECT migrate();
