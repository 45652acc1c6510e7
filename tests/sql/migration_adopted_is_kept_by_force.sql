-- How far a file came migrated stays, whatever a script does to the table that says so.
PRAGMA user_version = 7;
INSERT INTO kv_migration(version, up) VALUES (7, 'CREATE TABLE a(x)'), (8, 'DELETE FROM larder_meta');
SELECT migrate();
INSERT INTO expect SELECT 'kept', value, 7 FROM larder_meta WHERE name = 'migration.adopted';
