-- migrate: migration 1:1: foreign_keys cannot be switched inside your transaction, and what the script does without them could delete rows; call it outside a transaction (statement 1, nothing was applied)
PRAGMA foreign_keys = ON;
INSERT INTO kv_migration(version, up) VALUES (1, 'PRAGMA foreign_keys = off; CREATE TABLE a(x);');
BEGIN;
SELECT migrate();
