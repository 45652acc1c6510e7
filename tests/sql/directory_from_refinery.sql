-- refinery has applied the first of two.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && echo 'CREATE TABLE b(x);' >m/V2__b.sql
CREATE TABLE refinery_schema_history(version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES (1, 'a', '2023-11-14T22:13:20Z', '1234');
CREATE TABLE a(x);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'taken over', group_concat(state), 'applied,pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 'b');
