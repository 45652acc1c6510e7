-- migrate: m/001_a/up.sql: it is not a regular file
.system mkdir -p m/001_a/up.sql
SELECT migrate('m');
