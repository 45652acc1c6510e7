-- migrate: migration 2 (add state) was applied with other SQL; migrate_repair(2) accepts the new text
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)'), (2, 'add state', 'ALTER TABLE a ADD state');
SELECT migrate();
INSERT INTO kv_migration(version, name, up) VALUES (2, 'add state', 'ALTER TABLE a ADD status');
SELECT migrate();
