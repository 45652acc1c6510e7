-- migrate: migration 2 (late) is out of order: 3 is already applied
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)'), (3, 'c', 'CREATE TABLE c(x)');
SELECT migrate();
INSERT INTO kv_migration(version, name, up) VALUES (2, 'late', 'CREATE TABLE b(x)');
SELECT migrate();
