-- Flyway has applied the first of two. What is repeatable runs once more.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && echo 'CREATE TABLE b(x);' >m/V2__b.sql
CREATE TABLE "flyway_schema_history" ("installed_rank" INT NOT NULL PRIMARY KEY, "version" VARCHAR(50), "description" VARCHAR(200) NOT NULL, "type" VARCHAR(20) NOT NULL,
  "script" VARCHAR(1000) NOT NULL, "checksum" INT, "installed_by" VARCHAR(100) NOT NULL,
  "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), "execution_time" INT NOT NULL, "success" BOOLEAN NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 0, '', '2023-11-14', 1, 1), (2, NULL, 'v', 'SQL', 'R__v.sql', 0, '', '2023-11-14', 1, 1);
CREATE TABLE a(x);
.system echo "CREATE VIEW v AS SELECT x FROM a;" >m/R__v.sql
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'taken over', group_concat(ifnull(version, '-') || ' ' || state), '1 applied,2 pending,- pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest', count(*), 3 FROM sqlite_schema WHERE name IN ('a', 'b', 'v');
