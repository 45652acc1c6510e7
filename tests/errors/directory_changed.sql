-- migrate: m/001_a.sql was applied with other SQL; migrate_repair(1, directory) accepts the new text
.system mkdir m && echo 'CREATE TABLE a(x);' >m/001_a.sql
SELECT migrate('m');
.system echo 'CREATE TABLE a(x, y);' >m/001_a.sql
SELECT migrate('m');
