-- migrate: m/001_a.sql is dbmate and m/002_b.sql is plain SQL; a directory has one layout
-- Run as plain SQL, a file that lost its marks would go up and down at once.
.system mkdir m && printf -- '-- migrate:up\nSELECT 1;\n-- migrate:down\n' >m/001_a.sql && echo 'SELECT 1;' >m/002_b.sql
SELECT migrate('m');
