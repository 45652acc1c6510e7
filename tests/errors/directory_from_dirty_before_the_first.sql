-- migrate_baseline: golang-migrate failed half way in version -1 (schema_migrations)
.system cp -r "$LARDER_MIGRATIONS/golang-migrate" m
CREATE TABLE schema_migrations(version uint64, dirty bool);
INSERT INTO schema_migrations VALUES (-1, 1);
SELECT migrate_baseline('from', 'm');
