-- kv_migration: source must be the path of a directory, or NULL for what was declared; got 3
SELECT * FROM kv_migration(3);
