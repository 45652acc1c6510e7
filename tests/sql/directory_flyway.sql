-- V is the way up, U the way down, and the version ends at two underscores.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__first_table.sql && echo 'CREATE TABLE b(x);' >m/V2__b.sql && echo 'DROP TABLE b;' >m/U2__b.sql && echo 'CREATE TABLE c(x);' >m/V10__c.sql && echo 'DROP TABLE c;' >m/U10__c.sql
SELECT migrate('m');
INSERT INTO expect SELECT 'by number', group_concat(version || ' ' || name), '1 first_table,2 b,10 c' FROM kv_migration('m');
SELECT migrate_down(1, 'm');
INSERT INTO expect SELECT 'down', group_concat(name), 'a' FROM sqlite_schema WHERE name IN ('a', 'b', 'c');
