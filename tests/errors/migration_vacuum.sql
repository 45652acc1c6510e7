-- migrate: migration 1:2: VACUUM cannot run inside a function, and migrate() is one (statement 1, nothing was applied)
-- SQLite cannot VACUUM while any statement runs; refused before anything runs.
INSERT INTO kv_migration(version, up) VALUES (1, '-- migrate:no-transaction
VACUUM');
SELECT migrate();
