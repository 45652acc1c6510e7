-- migrate_baseline: the history of Alembic (alembic_version) cannot be taken over; migrate_baseline(version, directory) counts all up to that version as applied
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
CREATE TABLE alembic_version(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO alembic_version VALUES ('467cab35af63');
SELECT migrate_baseline('from', 'm');
