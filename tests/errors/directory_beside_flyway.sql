-- migrate: m/V1__a.sql was applied by Flyway already (flyway_schema_history); migrate_baseline('from', directory) takes that history over; migrate_baseline(0, directory) passes over that table if it is of other migrations
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && echo 'CREATE TABLE b(x);' >m/V2__b.sql
CREATE TABLE "flyway_schema_history" ("installed_rank" INT NOT NULL PRIMARY KEY, "version" VARCHAR(50), "description" VARCHAR(200) NOT NULL, "type" VARCHAR(20) NOT NULL,
  "script" VARCHAR(1000) NOT NULL, "checksum" INT, "installed_by" VARCHAR(100) NOT NULL,
  "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')), "execution_time" INT NOT NULL, "success" BOOLEAN NOT NULL);
INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 0, '', '2023-11-14', 1, 1);
SELECT migrate('m');
