-- migrate_repair: migration 2 is not declared
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
SELECT migrate();
INSERT INTO larder_migration VALUES (2, 'b', '', NULL, 'x', '', 0, 0);
SELECT migrate_repair(2);
