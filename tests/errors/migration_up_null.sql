-- kv_migration: up must not be NULL
INSERT INTO kv_migration(version) VALUES (1);
