-- migrate: migration 1 (bad):1: PRAGMA foreign_keys is not allowed in a migration
INSERT INTO kv_migration(version, name, up) VALUES (1, 'bad', 'pragma main.[foreign_keys](0)');
SELECT migrate();
