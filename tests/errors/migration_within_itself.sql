-- calls are nested too deeply
-- A script that migrates would never end.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'again', 'SELECT migrate()');
SELECT migrate();
