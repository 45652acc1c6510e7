-- A baseline stands where its parts say, also where no file has it and its number could be that of another version.
.system mkdir m && for v in 2023.12.01 2024.01.15 2025.01.01; do echo "INSERT INTO ran VALUES ('$v');" >m/V${v}__x.sql; done
CREATE TABLE ran(version);
CREATE TABLE "flyway_schema_history" ("installed_rank" INT NOT NULL PRIMARY KEY, "version" VARCHAR(50), "description" VARCHAR(200) NOT NULL, "type" VARCHAR(20) NOT NULL,
  "script" VARCHAR(1000) NOT NULL, "checksum" INT, "installed_by" VARCHAR(100) NOT NULL,
  "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), "execution_time" INT NOT NULL, "success" BOOLEAN NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '2024.01.01', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, '', '2023-11-14', 0, 1);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'only what is before it', group_concat(state), 'applied,pending,pending' FROM kv_migration('m');
SELECT migrate('m');
INSERT INTO expect SELECT 'the rest runs', group_concat(version), '2024.01.15,2025.01.01' FROM (SELECT version FROM ran ORDER BY rowid);
-- Beside versions without parts, too.
.system mkdir plain && for v in 1 2; do echo "INSERT INTO ran VALUES ('$v');" >plain/V${v}__x.sql; done
DELETE FROM ran;
DELETE FROM larder_migration;
DELETE FROM larder_meta WHERE name GLOB 'migration.*';
PRAGMA user_version = 0;
UPDATE flyway_schema_history SET version = '1.1000';
SELECT migrate_baseline('from', 'plain');
SELECT migrate('plain');
INSERT INTO expect SELECT '2 is behind 1.1000', group_concat(version), '2' FROM ran;
