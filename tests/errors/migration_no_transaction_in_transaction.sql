-- migrate: migration 1 (vacuum):1: it asks for no transaction, and one is open (nothing was applied)
INSERT INTO kv_migration(version, name, up) VALUES (1, 'vacuum', '-- migrate:no-transaction
VACUUM');
BEGIN;
SELECT migrate();
