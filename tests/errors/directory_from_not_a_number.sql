-- migrate_baseline: the version 'v1.2' in schema_migrations is not a number
.system cp -r "$LARDER_MIGRATIONS/dbmate" m
CREATE TABLE schema_migrations(version varchar(128) primary key);
INSERT INTO schema_migrations VALUES ('v1.2');
SELECT migrate_baseline('from', 'm');
