-- migrate: m/001_a.sql was applied by another tool already (schema_migrations); migrate_baseline('from', directory) takes that history over
-- Many a program keeps its own history under this name.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE schema_migrations(version TEXT PRIMARY KEY, applied_at TEXT);
INSERT INTO schema_migrations VALUES ('001', '2023-11-14');
SELECT migrate('m');
