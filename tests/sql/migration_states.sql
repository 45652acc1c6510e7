-- What kv_migration shows, from declaration to application.
SELECT kv_clock(1000);
INSERT INTO expect SELECT 'nothing declared', count(*), 0 FROM kv_migration;
INSERT INTO expect VALUES ('nothing declared fits', migrate_check(), 1);

INSERT INTO kv_migration(version, name, up, down) VALUES
  (2, 'state', 'ALTER TABLE item ADD COLUMN state TEXT', 'ALTER TABLE item DROP COLUMN state'),
  (1, 'items', 'CREATE TABLE item(id INTEGER PRIMARY KEY)', NULL);
INSERT INTO expect SELECT 'in order of version', group_concat(version || ' ' || name || ' ' || state, ', '),
  '1 items pending, 2 state pending' FROM kv_migration;
INSERT INTO expect SELECT 'pending has no time', applied_at, NULL FROM kv_migration WHERE version = 1;
INSERT INTO expect SELECT 'pending has a checksum', length(checksum), 32 FROM kv_migration WHERE version = 1;
INSERT INTO expect VALUES ('pending does not fit', migrate_check(), 0);
INSERT INTO expect SELECT 'declaring writes nothing', count(*), 0 FROM sqlite_schema WHERE name GLOB 'larder_*';

-- A pending migration may still change its mind.
INSERT INTO kv_migration(version, name, up) VALUES (1, 'things', 'CREATE TABLE item(id INTEGER PRIMARY KEY, name)');

SELECT migrate();
INSERT INTO expect SELECT 'applied', group_concat(version || ' ' || name || ' ' || state, ', '),
  '1 things applied, 2 state applied' FROM kv_migration;
INSERT INTO expect SELECT 'the later text ran', count(*), 3 FROM pragma_table_info('item');
INSERT INTO expect SELECT 'applied at', applied_at, 1000.0 FROM kv_migration WHERE version = 1;
INSERT INTO expect SELECT 'took a while', duration >= 0, 1 FROM kv_migration WHERE version = 1;
INSERT INTO expect SELECT 'user_version', user_version, 2 FROM pragma_user_version;
INSERT INTO expect VALUES ('fits', migrate_check(), 1);

-- The same declaration again changes nothing, and neither does another migrate().
INSERT INTO kv_migration(version, name, up, down)
VALUES (2, 'state', 'ALTER TABLE item ADD COLUMN state TEXT', 'ALTER TABLE item DROP COLUMN state');
SELECT kv_clock(2000), migrate();
INSERT INTO expect SELECT 'not applied again', max(applied_at), 1000.0 FROM kv_migration;

-- The history is in an ordinary table; a later connection that declares nothing still shows it.
INSERT INTO expect SELECT 'history', group_concat(version || ' ' || name), '1 things,2 state' FROM larder_migration;

-- One that is newer than all others is simply pending.
INSERT INTO kv_migration(version, up) VALUES (7, 'CREATE TABLE seven(x)');
INSERT INTO expect SELECT 'new', state, 'pending' FROM kv_migration WHERE version = 7;
INSERT INTO expect SELECT 'no name', name, '' FROM kv_migration WHERE version = 7;
-- One between those that are applied is out of order.
SELECT migrate();
INSERT INTO kv_migration(version, up) VALUES (5, 'CREATE TABLE five(x)');
INSERT INTO expect SELECT 'late', state, 'out of order' FROM kv_migration WHERE version = 5;
INSERT INTO expect VALUES ('out of order does not fit', migrate_check(), 0);
