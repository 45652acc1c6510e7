-- migrate_baseline: schema_migrations has 2 rows, and golang-migrate keeps one
.system cp -r "$LARDER_MIGRATIONS/golang-migrate" m
CREATE TABLE schema_migrations(version uint64, dirty bool);
INSERT INTO schema_migrations VALUES (1, 0), (2, 0);
SELECT migrate_baseline('from', 'm');
