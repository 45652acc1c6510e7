-- Flyway's versions have parts: 1.2 is number 1001002, runs behind 1 and before 1.10 and 2. Every script writes down that it ran.
.system mkdir m && for v in 2 1.10 1 1_2 1.2.10 10.0 1.0.5 2024.01.15.1430; do echo "INSERT INTO ran VALUES ('$v');" >m/V${v}__x_1.sql; echo "DELETE FROM ran WHERE version = '$v';" >m/U${v}__x_1.sql; done
CREATE TABLE ran(version);
INSERT INTO expect SELECT 'planned', group_concat(version, ' '), '1 1001000005 1001002 1001002010 1001010 2 10 120240010151430' FROM kv_migration('m');
SELECT migrate('m', 1001002);
INSERT INTO expect SELECT 'a target is in that order', group_concat(version, ' '), '1 1.0.5 1_2' FROM (SELECT version FROM ran ORDER BY rowid);
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,applied,applied,pending,pending,pending,pending,pending' FROM kv_migration('m');
SELECT migrate('m', 1001005);
INSERT INTO expect SELECT 'as 1.5, which no file has', group_concat(version, ' '), '1 1.0.5 1_2 1.2.10' FROM (SELECT version FROM ran ORDER BY rowid);
SELECT migrate('m', 9);
INSERT INTO expect SELECT 'a target that no file has', group_concat(version, ' '), '1 1.0.5 1_2 1.2.10 1.10 2' FROM (SELECT version FROM ran ORDER BY rowid);
SELECT migrate('m');
INSERT INTO expect SELECT 'all', group_concat(version, ' '), '1 1.0.5 1_2 1.2.10 1.10 2 10.0 2024.01.15.1430' FROM (SELECT version FROM ran ORDER BY rowid);
INSERT INTO expect SELECT 'names', group_concat(DISTINCT name), 'x_1' FROM kv_migration('m');
INSERT INTO expect VALUES ('nothing is left', migrate_check('m'), 1);
-- 1001002010, and one that has more than 31 bits.
INSERT INTO expect SELECT 'user_version', user_version, 1001002011 FROM pragma_user_version;
SELECT migrate_down(1001000005, 'm');
INSERT INTO expect SELECT 'down', group_concat(version, ' '), '1 1.0.5' FROM (SELECT version FROM ran ORDER BY rowid);

-- A file that is gone stays in its place, as its name is in the history: it is no newer migration.
SELECT migrate('m', 2);
.system rm m/V1.10__x_1.sql m/U1.10__x_1.sql
INSERT INTO expect SELECT 'missing', group_concat(state), 'applied,applied,applied,applied,missing,applied,pending,pending' FROM kv_migration('m');
.system rm m/?1.2.10__x_1.sql m/?1_2__x_1.sql m/?1.0.5__x_1.sql m/?2024* && echo "INSERT INTO ran VALUES ('3');" >m/V3__x_1.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'goes on, also with whole numbers', group_concat(version, ' '), '1 1.0.5 1_2 1.2.10 1.10 2 3 10.0' FROM (SELECT version FROM ran ORDER BY rowid);

-- One that comes late is out of order, between its neighbours.
.system touch m/V1.4__late.sql
INSERT INTO expect SELECT 'out of order', group_concat(version || ' ' || state), '1001004 out of order' FROM kv_migration('m') WHERE state <> 'applied' AND state <> 'missing';
