-- kv_migration: declarations can only be inserted
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', '');
DELETE FROM kv_migration;
