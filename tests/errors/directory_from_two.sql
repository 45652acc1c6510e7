-- migrate_baseline: there are histories of both dbmate (schema_migrations) and goose (goose_db_version); drop the one that is not in use
.system mkdir m && touch m/001_a.sql
CREATE TABLE schema_migrations(version varchar(128) primary key);
CREATE TABLE goose_db_version(id INTEGER PRIMARY KEY, version_id INTEGER, is_applied INTEGER, tstamp TIMESTAMP);
SELECT migrate_baseline('from', 'm');
