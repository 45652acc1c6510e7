-- migrate: the database is at version 9, newer than the newest migration, 1
-- Another tool brought the database to version 9; this program knows one migration only.
PRAGMA user_version = 9;
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
SELECT migrate();
