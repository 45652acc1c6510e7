-- kv_migration: only what is declared on this connection can be deleted
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)');
SELECT migrate();
UPDATE larder_migration SET version = 2;
DELETE FROM kv_migration WHERE state = 'missing';
