-- migrate: migration 2 (bad):1: COMMIT is not allowed in a migration
-- The first is good, and still nothing of it may run.
CREATE TABLE log(x);
INSERT INTO kv_migration(version, name, up) VALUES (1, 'good', 'INSERT INTO log VALUES (1)'), (2, 'bad', 'COMMIT');
SELECT migrate();
