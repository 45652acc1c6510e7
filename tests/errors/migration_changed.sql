-- kv_migration: migration 2 (add state) was applied with other SQL
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)'), (2, 'add state', 'ALTER TABLE a ADD state');
SELECT migrate();
INSERT INTO kv_migration(version, name, up) VALUES (2, 'add state', 'ALTER TABLE a ADD status');
