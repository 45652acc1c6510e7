-- migrate: migration 1:2: COMMIT is not allowed in a migration, which is one transaction (statement 3, nothing was applied)
-- sqlx's mark counts in files. A declared script is Larder's own, and says -- migrate:no-transaction.
INSERT INTO kv_migration(version, up) VALUES (1, '-- no-transaction
BEGIN; CREATE TABLE a(x); COMMIT; CREATE TABLE b(x);');
SELECT migrate();
