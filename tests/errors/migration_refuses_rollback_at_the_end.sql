-- migrate: migration 1:1: ROLLBACK is not allowed in a migration, which is one transaction (statement 3, nothing was applied)
INSERT INTO kv_migration(version, up) VALUES (1, 'BEGIN; CREATE TABLE a(x); ROLLBACK;');
SELECT migrate();
