-- migrate: m/001_a.sql: it is not a regular file
-- Opened, it would wait for somebody to write.
.system mkdir m && mkfifo m/001_a.sql
SELECT migrate('m');
