-- migrate: m/001_a.sql may have been applied by refinery (refinery_schema_history); migrate_baseline(version, directory) counts all up to that version as applied
-- refinery's files have names of another layout.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE refinery_schema_history(version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES (1, 'a', '2023-11-14T22:13:20Z', '1234');
SELECT migrate('m');
