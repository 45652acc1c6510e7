-- A baseline 1.2 of Flyway's stands for all up to it, in Flyway's order; 2 is not among them, although 1001002 is more.
.system mkdir m && for v in 1 1_1 1.2 1.10 1.11 2; do echo "CREATE TABLE 'v$v'(x);" >m/V${v}__m.sql; done
CREATE TABLE "flyway_schema_history" ("installed_rank" INT NOT NULL PRIMARY KEY, "version" VARCHAR(50), "description" VARCHAR(200) NOT NULL, "type" VARCHAR(20) NOT NULL,
  "script" VARCHAR(1000) NOT NULL, "checksum" INT, "installed_by" VARCHAR(100) NOT NULL,
  "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), "execution_time" INT NOT NULL, "success" BOOLEAN NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '1.2.0', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, '', '2023-11-14', 0, 1),
  (2, '1.10', 'm', 'SQL', 'V1.10__m.sql', 0, '', '2023-11-14', 1, 1);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'states', group_concat(version || ' ' || state), '1 applied,1001001 applied,1001002 applied,1001010 applied,1001011 pending,2 pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest', group_concat(name), 'v1.11,v2' FROM sqlite_schema WHERE name GLOB 'v[0-9]*';
