-- migrate: migration 1:1: BEGIN is not allowed in a migration, which is one transaction (statement 1, nothing was applied)
INSERT INTO kv_migration(version, up) VALUES (1, 'BEGIN; CREATE TABLE a(x);');
SELECT migrate();
