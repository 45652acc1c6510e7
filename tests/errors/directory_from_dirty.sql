-- migrate_baseline: golang-migrate failed half way in version 2 (schema_migrations); put that right with golang-migrate first
.system cp -r "$LARDER_MIGRATIONS/golang-migrate" m
CREATE TABLE schema_migrations(version uint64, dirty bool);
INSERT INTO schema_migrations VALUES (2, 1);
SELECT migrate_baseline('from', 'm');
