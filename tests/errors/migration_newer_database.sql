-- migrate: the database is at version 9, newer than the newest migration, 1
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
SELECT migrate();
INSERT INTO larder_migration VALUES (9, 'of a later program', '', NULL, 'x', '', 0, 0);
SELECT migrate();
