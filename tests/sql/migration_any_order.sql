-- Two branches are merged, and the older number arrives later.
INSERT INTO kv_migration(version, up) VALUES (1, 'CREATE TABLE a(x)'), (3, 'CREATE TABLE c(x)');
SELECT migrate();
INSERT INTO kv_migration(version, up) VALUES (2, 'CREATE TABLE b(x)');
INSERT INTO expect SELECT 'it shows', state, 'out of order' FROM kv_migration WHERE version = 2;
SELECT migrate(NULL, NULL, 'any order');
INSERT INTO expect SELECT 'it runs', user_version, 3 FROM pragma_user_version;
INSERT INTO expect SELECT 'it ran', count(*), 1 FROM sqlite_schema WHERE name = 'b';
INSERT INTO expect VALUES ('all is well', migrate_check(), 1);
SELECT migrate(NULL, NULL, NULL);
INSERT INTO expect SELECT 'NULL is the usual order', user_version, 3 FROM pragma_user_version;
-- dbmate's files run late without being asked.
.system mkdir m && for v in 1 3; do printf -- '-- migrate:up\nCREATE TABLE d%s(x);\n' $v >m/00${v}_x.sql; done
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('m');
.system printf -- '-- migrate:up\nCREATE TABLE d2(x);\n' >m/002_x.sql
INSERT INTO expect SELECT 'pending', state, 'pending' FROM kv_migration('m') WHERE version = 2;
SELECT migrate('m');
INSERT INTO expect SELECT 'dbmate', count(*), 1 FROM sqlite_schema WHERE name = 'd2';
