-- What was taken over and undone is not applied by the other tool any more.
.system mkdir m && for v in 1 2 3; do echo "CREATE TABLE v$v(x);" >m/${v}_m.up.sql && echo "DROP TABLE v$v;" >m/${v}_m.down.sql; done
CREATE TABLE schema_migrations(version INTEGER, dirty BOOLEAN);
INSERT INTO schema_migrations VALUES (2, 0);
CREATE TABLE v1(x);
CREATE TABLE v2(x);
SELECT migrate_baseline('from', 'm');
SELECT migrate('m');
SELECT migrate_down(0, 'm');
INSERT INTO expect SELECT 'nothing left', count(*), 0 FROM sqlite_schema WHERE name GLOB 'v[123]';
SELECT migrate('m');
INSERT INTO expect SELECT 'all again', count(*), 3 FROM sqlite_schema WHERE name GLOB 'v[123]';
