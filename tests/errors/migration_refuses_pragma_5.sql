-- migrate: migration 1 (bad):1: PRAGMA journal_mode is not allowed in a migration
INSERT INTO kv_migration(version, name, up) VALUES (1, 'bad', 'pragma `journal_mode` = wal');
SELECT migrate();
