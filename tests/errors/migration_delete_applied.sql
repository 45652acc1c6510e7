-- kv_migration: migration 2 (b) is applied; DELETE only takes a declaration back, migrate_down() undoes
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)'), (2, 'b', 'CREATE TABLE b(x)');
SELECT migrate();
DELETE FROM kv_migration WHERE version = 2;
