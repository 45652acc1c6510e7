-- kv_migration: version must be 1 or more; got 0
INSERT INTO kv_migration(version, name, up) VALUES (0, 'a', '');
