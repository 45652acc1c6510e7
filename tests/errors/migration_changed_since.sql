-- migrate: migration 1 (a) was applied with other SQL; migrate_repair(1) accepts the new text
INSERT INTO kv_migration(version, name, up) VALUES (1, 'a', 'CREATE TABLE a(x)');
SELECT migrate();
UPDATE larder_migration SET checksum = 'of another text';
SELECT migrate();
