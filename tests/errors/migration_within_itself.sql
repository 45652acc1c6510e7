-- migrate: migration 1 (again):1: migrate: a migration must not call it (statement 1, nothing was applied)
-- A script that migrates would never end.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'again', 'SELECT migrate()');
SELECT migrate();
