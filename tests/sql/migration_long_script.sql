-- A script of many statements takes time in proportion, and a long one is found to the end.
CREATE TABLE t(x);
INSERT INTO kv_migration(version, up)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
SELECT 1, group_concat('INSERT INTO t VALUES (' || i || ');', char(10)) FROM n;
SELECT migrate();
INSERT INTO expect SELECT 'all of them', count(*) || ' ' || sum(x), '5000 12502500' FROM t;
