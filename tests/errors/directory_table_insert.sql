-- kv_migration: only version, name, up and down can be declared
INSERT INTO kv_migration(version, up, directory) VALUES (1, '', 'm');
