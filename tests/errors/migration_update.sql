-- kv_migration: a declaration cannot be updated; insert it again
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)');
UPDATE kv_migration SET up = 'CREATE TABLE a(y)';
