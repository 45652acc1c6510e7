-- migrate: m/0000_a.sql may have been applied by Alembic (alembic_version); migrate_baseline(version, directory) counts all up to that version as applied; migrate_baseline(-1, directory) passes over that table if it is of other migrations
-- Where the directory begins with a version 0, none was applied means -1.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/0000_a.sql
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO alembic_version VALUES ('467cab35af63');
SELECT migrate('m');
