-- kv_migration: version must be a whole number; got NULL
INSERT INTO kv_migration(version, name, up) VALUES (NULL, 'a', '');
