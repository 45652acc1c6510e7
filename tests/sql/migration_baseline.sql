-- A database that was made by hand enters the history without its scripts being run.
CREATE TABLE item(id INTEGER PRIMARY KEY);
INSERT INTO kv_migration(version, name, up) VALUES
  (1, 'items', 'CREATE TABLE item(id INTEGER PRIMARY KEY)'),
  (2, 'name', 'ALTER TABLE item ADD COLUMN name'),
  (3, 'state', 'ALTER TABLE item ADD COLUMN state');
INSERT INTO expect VALUES ('returns the version', migrate_baseline(1), 1);
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,pending,pending' FROM kv_migration;
INSERT INTO expect SELECT 'did not run', duration, NULL FROM kv_migration WHERE version = 1;
INSERT INTO expect SELECT 'user_version', user_version, 1 FROM pragma_user_version;
SELECT migrate();
INSERT INTO expect SELECT 'the rest ran', count(*), 3 FROM pragma_table_info('item');
-- Below what is applied there is nothing left to mark.
INSERT INTO expect VALUES ('again', migrate_baseline(2), 3);
INSERT INTO expect VALUES ('fits', migrate_check(), 1);
