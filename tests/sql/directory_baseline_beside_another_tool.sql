-- A version by hand, of a directory whose history another tool has: that history is taken over by it, for good.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && echo 'CREATE TABLE b(x);' >m/V2__b.sql && echo 'CREATE TABLE c(x);' >m/V3__c.sql
.system for i in 1_a 2_b 3_c; do echo "DROP TABLE ${i#*_};" >m/U${i%_*}__${i#*_}.sql; done
CREATE TABLE "flyway_schema_history" ("installed_rank" INT NOT NULL PRIMARY KEY, "version" VARCHAR(50), "description" VARCHAR(200) NOT NULL, "type" VARCHAR(20) NOT NULL,
  "script" VARCHAR(1000) NOT NULL, "checksum" INT, "installed_by" VARCHAR(100) NOT NULL,
  "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), "execution_time" INT NOT NULL, "success" BOOLEAN NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 0, '', '2023-11-14', 1, 1);
CREATE TABLE a(x);
CREATE TABLE b(x);
INSERT INTO expect VALUES ('the second was made by hand', migrate_baseline(2, 'm'), 2);
INSERT INTO expect SELECT 'both count', group_concat(version || ' ' || state), '1 applied,2 applied,3 pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'it ran', count(*), 3 FROM sqlite_schema WHERE name IN ('a', 'b', 'c');
SELECT migrate_down(0, 'm');
INSERT INTO expect SELECT 'all are undone', count(*), 0 FROM sqlite_schema WHERE name IN ('a', 'b', 'c');
SELECT migrate('m');
INSERT INTO expect SELECT 'none is taken for Flyway''s', group_concat(state), 'applied,applied,applied' FROM kv_migration('m');
INSERT INTO expect SELECT 'the doctor', status, 'warning' FROM kv_check WHERE message LIKE '%both Larder (larder_migration) and Flyway%';
