-- migrate: migration 1:1: COMMIT is not allowed in a migration, which is one transaction (statement 3, nothing was applied)
INSERT INTO kv_migration(version, up) VALUES (1, 'BEGIN; CREATE TABLE a(x); COMMIT;
BEGIN; CREATE TABLE b(x); COMMIT;');
SELECT migrate();
