-- migrate: migration 1:3: no such table: absent (statement 3, nothing was applied)
INSERT INTO kv_migration(version, up) VALUES (1, 'BEGIN;
CREATE TABLE a(x);
INSERT INTO absent VALUES (1); COMMIT;');
SELECT migrate();
