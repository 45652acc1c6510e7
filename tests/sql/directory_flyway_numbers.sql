-- A number that no file has stands for the version whose parts it shows.
.system mkdir m && for v in 1 1.5 2 20.1; do printf "INSERT INTO ran VALUES ('$v');" >m/V${v}__x.sql && printf "DELETE FROM ran WHERE version = '$v';" >m/U${v}__x.sql; done
CREATE TABLE ran(version);
SELECT migrate('m', 1001009);
INSERT INTO expect SELECT 'up to 1.9', group_concat(version), '1,1.5' FROM ran;
SELECT migrate('m', 19);
INSERT INTO expect SELECT 'up to 19', group_concat(version), '1,1.5,2' FROM ran;
SELECT migrate('m', 20240115);
INSERT INTO expect SELECT 'up to a date', group_concat(version), '1,1.5,2,20.1' FROM ran;
SELECT migrate_down(1001004, 'm');
INSERT INTO expect SELECT 'down to 1.4', group_concat(version), '1' FROM ran;
SELECT migrate_baseline(1001100, 'm');
INSERT INTO expect SELECT 'up to 1.100', group_concat(state), 'applied,applied,pending,pending' FROM kv_migration('m');
-- No version of several parts ends in 0: 1001000 is itself, behind 20.1, and not 1.
SELECT migrate('m', 1001000);
INSERT INTO expect SELECT 'up to itself', group_concat(state), 'applied,applied,applied,applied' FROM kv_migration('m');
-- A number is known that only the history has, by the name of its file.
.system rm -r m && mkdir m && touch m/V2024.1.1__a.sql m/V2024.2.2__b.sql
DELETE FROM larder_migration;
DELETE FROM larder_meta WHERE name GLOB 'migration.*';
PRAGMA user_version = 0;
SELECT migrate('m', 12024001001);
.system mv m/V2024.1.1__a.sql m/V2024.1.2__c.sql
SELECT migrate('m', 12024001001, 'any order');
INSERT INTO expect SELECT 'none before it', group_concat(state), 'missing,pending,pending' FROM kv_migration('m');
-- Where no version has parts, a number is a number.
.system rm -r m && mkdir m && touch m/V1__a.sql m/V12024001002__b.sql
DELETE FROM larder_migration;
PRAGMA user_version = 0;
SELECT migrate('m', 12024001001);
INSERT INTO expect SELECT 'plain', group_concat(state), 'applied,pending' FROM kv_migration('m');
