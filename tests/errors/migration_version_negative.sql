-- kv_migration: version must be 0 or more; got -1
INSERT INTO kv_migration(version, name, up) VALUES (-1, 'a', '');
