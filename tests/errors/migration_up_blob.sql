-- kv_migration: up must be text; got a BLOB of 2 bytes
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', x'0102');
