-- migrate_baseline: Flyway (flyway_schema_history) cannot be read: the version 1.2.20240101120000 is too large
-- Such a version has no number here.
.system mkdir m && touch m/V1__a.sql
CREATE TABLE flyway_schema_history(installed_rank INT PRIMARY KEY, version VARCHAR(50), type VARCHAR(20), success BOOLEAN);
INSERT INTO flyway_schema_history VALUES (1, '1.2.20240101120000', 'SQL', 1);
SELECT migrate_baseline('from', 'm');
