-- migrate: migration 1 (bad):1: PRAGMA user_version is not allowed in a migration
INSERT INTO kv_migration(version, name, up) VALUES (1, 'bad', 'pragma Main.User_Version');
SELECT migrate();
