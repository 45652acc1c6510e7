-- kv_migration: up must not contain a NUL character
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)' || char(0) || '; DROP TABLE b');
