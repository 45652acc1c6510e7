-- migrate: m/001_a.sql: it is not a regular file
.system mkdir m && ln -s /dev/zero m/001_a.sql
SELECT migrate('m');
