-- A baseline of Flyway's stands for all up to it; what was undone or is gone does not count.
.system mkdir m && for v in 1 2 3 4 5 6; do echo "CREATE TABLE v$v(x);" >m/V${v}__m.sql; done
CREATE TABLE "flyway_schema_history" ("installed_rank" INT NOT NULL PRIMARY KEY, "version" VARCHAR(50), "description" VARCHAR(200) NOT NULL, "type" VARCHAR(20) NOT NULL,
  "script" VARCHAR(1000) NOT NULL, "checksum" INT, "installed_by" VARCHAR(100) NOT NULL,
  "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), "execution_time" INT NOT NULL, "success" BOOLEAN NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '3', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, '', '2023-11-14', 0, 1),
  (2, '4', 'm', 'SQL', 'V4__m.sql', 0, '', '2023-11-14', 1, 1), (3, '5', 'm', 'SQL', 'V5__m.sql', 0, '', '2023-11-14', 1, 1),
  (4, '5', 'm', 'UNDO_SQL', 'U5__m.sql', 0, '', '2023-11-14', 1, 1), (5, '9', 'm', 'SQL', 'V9__m.sql', 0, '', '2023-11-14', 1, 1),
  (6, '9', 'm', 'DELETE', 'V9__m.sql', 0, '', '2023-11-14', 1, 1), (7, NULL, 'view', 'SQL', 'R__view.sql', 0, '', '2023-11-14', 1, 1);
SELECT migrate_baseline('from', 'm');
INSERT INTO expect SELECT 'states', group_concat(state), 'applied,applied,applied,applied,pending,pending' FROM kv_migration('m');
