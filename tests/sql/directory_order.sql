-- Each layout in the order of the tool it was made for. Every script writes down that it ran.
.system mkdir number && for v in 1 2 10; do echo "INSERT INTO ran VALUES ($v);" >number/${v}_x.sql; done
CREATE TABLE ran(version);
SELECT migrate('number');
INSERT INTO expect SELECT 'plain, by number', group_concat(version), '1,2,10' FROM (SELECT version FROM ran ORDER BY rowid);
INSERT INTO expect SELECT 'shown so', group_concat(version), '1,2,10' FROM kv_migration('number');
.system mkdir dbmate && for v in 1 2 10; do printf -- '-- migrate:up\nINSERT INTO ran VALUES (%s);\n-- migrate:down\nDELETE FROM ran WHERE version = %s;\n' $v $v >dbmate/${v}_x.sql; done
DELETE FROM ran;
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('dbmate');
INSERT INTO expect SELECT 'user_version is the highest', user_version, 10 FROM pragma_user_version;
INSERT INTO expect SELECT 'dbmate, by the names', group_concat(version), '10,1,2' FROM (SELECT version FROM ran ORDER BY rowid);
INSERT INTO expect SELECT 'shown so', group_concat(version), '10,1,2' FROM kv_migration('dbmate');
SELECT migrate_down(10, 'dbmate');
INSERT INTO expect SELECT 'down as well', group_concat(version), '10' FROM ran;
SELECT migrate('dbmate', 1);
INSERT INTO expect SELECT 'a target is in that order', group_concat(version), '10,1' FROM (SELECT version FROM ran ORDER BY rowid);
SELECT migrate('dbmate');
-- diesel: 20240306170000 before 20240313, as text.
.system mkdir -p diesel/2024-03-06-170000_a diesel/2024-03-13_b && echo "INSERT INTO ran VALUES ('a');" >diesel/2024-03-06-170000_a/up.sql && echo "INSERT INTO ran VALUES ('b');" >diesel/2024-03-13_b/up.sql
DELETE FROM ran;
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('diesel');
INSERT INTO expect SELECT 'diesel, by text', group_concat(version), 'a,b' FROM (SELECT version FROM ran ORDER BY rowid);
INSERT INTO expect VALUES ('nothing is left', migrate_check('diesel'), 1);
-- rusqlite_migration's folders have a number and '-'.
.system mkdir -p rusqlite/2-b rusqlite/10-c && echo "INSERT INTO ran VALUES (2);" >rusqlite/2-b/up.sql && echo "INSERT INTO ran VALUES (10);" >rusqlite/10-c/up.sql
DELETE FROM ran;
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('rusqlite');
INSERT INTO expect SELECT 'rusqlite_migration, by number', group_concat(version), '2,10' FROM (SELECT version FROM ran ORDER BY rowid);
-- prisma, as diesel: what is the beginning of another comes before it.
.system for v in 1 2 10; do mkdir -p prisma/${v}_x && echo "INSERT INTO ran VALUES ($v);" >prisma/${v}_x/migration.sql; done
DELETE FROM ran;
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('prisma');
INSERT INTO expect SELECT 'prisma, by text', group_concat(version), '1,10,2' FROM (SELECT version FROM ran ORDER BY rowid);
