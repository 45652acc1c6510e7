-- What the message says of another tool's table, in a directory that begins with version 0, has the first one run as well.
.system mkdir m && echo 'CREATE TABLE a(x);' >m/0000_a.sql && echo 'CREATE TABLE b(x);' >m/0001_b.sql
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
INSERT INTO alembic_version VALUES ('467cab35af63');
SELECT migrate_baseline(-1, 'm');
SELECT migrate('m');
INSERT INTO expect SELECT 'both ran', count(*), 2 FROM sqlite_schema WHERE name IN ('a', 'b');
