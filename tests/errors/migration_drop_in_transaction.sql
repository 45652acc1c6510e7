-- migrate: migration 1 (drop):1: DROP TABLE inside your transaction with foreign_keys on
CREATE TABLE a(x);
INSERT INTO kv_migration(version, name, up) VALUES (1, 'drop', 'DROP TABLE a');
BEGIN;
SELECT migrate();
