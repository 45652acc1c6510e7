-- In an order by text, a version that no file has comes behind the next lower one that a file has.
.system mkdir m && for v in 1 2 3 10 100; do printf -- '-- migrate:up\nINSERT INTO ran VALUES (%s);\n-- migrate:down\nDELETE FROM ran WHERE version = %s;\n' $v $v >m/${v}_x.sql; done
CREATE TABLE ran(version);
SELECT migrate('m');
INSERT INTO expect SELECT 'as dbmate compares names', group_concat(version), '100,10,1,2,3' FROM (SELECT version FROM ran ORDER BY rowid);
SELECT migrate_down(7, 'm');
INSERT INTO expect SELECT 'nothing is above', count(*), 5 FROM ran;
SELECT migrate_down(50, 'm');
INSERT INTO expect SELECT 'down to between', group_concat(version), '10,100' FROM (SELECT version FROM ran ORDER BY version);
SELECT migrate('m', 2);
INSERT INTO expect SELECT 'up to one', group_concat(version), '1,2,10,100' FROM (SELECT version FROM ran ORDER BY version);
-- Where all are as long it is the order of numbers, for every number.
.system mkdir same && for v in 001 002 050 600; do mkdir same/${v}_x && echo "INSERT INTO ran VALUES ($v);" >same/${v}_x/up.sql; done
DELETE FROM ran;
DELETE FROM larder_migration;
DELETE FROM larder_meta WHERE name = 'migration.adopted';
PRAGMA user_version = 5;
SELECT migrate('same');
INSERT INTO expect SELECT 'behind user_version', group_concat(version), '50,600' FROM (SELECT version FROM ran ORDER BY version);
-- One that was removed is missing, and the rest goes on.
.system rm -r same/050_x && mkdir same/700_x && echo "INSERT INTO ran VALUES (700);" >same/700_x/up.sql
SELECT migrate('same');
INSERT INTO expect SELECT 'goes on', max(version), 700 FROM ran;
INSERT INTO expect SELECT 'missing', state, 'missing' FROM kv_migration('same') WHERE version = 50;
