-- kv_migration: migration 1 (a) is applied; DELETE only takes a declaration back, migrate_down() undoes
PRAGMA user_version = 1;
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
DELETE FROM kv_migration WHERE version = 1;
