-- migrate: m/V1__a.sql was applied by refinery already (refinery_schema_history); migrate_baseline('from', directory) takes that history over; migrate_baseline(0, directory) passes over that table if it is of other migrations
.system mkdir m && echo 'CREATE TABLE a(x);' >m/V1__a.sql && echo 'CREATE TABLE b(x);' >m/V2__b.sql
CREATE TABLE refinery_schema_history(version INT4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255));
INSERT INTO refinery_schema_history VALUES (1, 'a', '2023-11-14T22:13:20Z', '1234');
SELECT migrate('m');
