-- migrate_repair: migration 1 is not applied
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', '');
SELECT migrate_repair(1);
