-- migrate: migration 1 (unfinished):1: incomplete input (statement 1, nothing was applied)
INSERT INTO kv_migration(version, name, up) VALUES (1, 'unfinished', 'CREATE TABLE a(x');
SELECT migrate();
