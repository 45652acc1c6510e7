-- migrate_baseline: Flyway failed half way in version 1.2 (flyway_schema_history); put that right with Flyway first
.system mkdir m && touch m/V1_2__a.sql
CREATE TABLE flyway_schema_history(installed_rank INT PRIMARY KEY, version VARCHAR(50), type VARCHAR(20), success BOOLEAN);
INSERT INTO flyway_schema_history VALUES (1, '1.2', 'SQL', 0);
SELECT migrate_baseline('from', 'm');
