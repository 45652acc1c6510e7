-- cannot VACUUM - SQL statements in progress
-- SQLite cannot VACUUM while any statement runs, and migrate() is called by one.
INSERT INTO kv_migration(version, up) VALUES (1, '-- migrate:no-transaction
VACUUM');
SELECT migrate();
