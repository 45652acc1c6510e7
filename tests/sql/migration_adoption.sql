-- A database that another tool brought to user_version 2 goes on from there: versions 1 and 2 count as applied.
CREATE TABLE a(x);
CREATE TABLE b(x);
PRAGMA user_version = 2;
INSERT INTO kv_migration(version, up) VALUES
  (1, 'CREATE TABLE a(x)'), (2, 'CREATE TABLE b(x)'), (3, 'CREATE TABLE c(x)');
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,applied,pending' FROM kv_migration;
INSERT INTO expect VALUES ('one pending', migrate_check(), 0);
SELECT migrate();
INSERT INTO expect SELECT 'recorded', group_concat(version || ifnull(duration > -1, ' not run')),
  '1 not run,2 not run,31' FROM larder_migration;
INSERT INTO expect SELECT 'user_version', user_version, 3 FROM pragma_user_version;
INSERT INTO expect VALUES ('fits', migrate_check(), 1);
