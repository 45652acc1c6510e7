-- PRAGMA journal_mode is not allowed in a migration
-- Some pragmas act when they are compiled, which EXPLAIN does.
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x); EXPLAIN QUERY PLAN PRAGMA journal_mode = wal');
SELECT migrate();
