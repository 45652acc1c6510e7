-- kv_migration: version must be a whole number; got 'one'
INSERT INTO kv_migration(version, name, up) VALUES ('one', 'a', '');
