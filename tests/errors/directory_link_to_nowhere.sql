-- migrate: m/001_a.sql: No such file or directory
.system mkdir m && ln -s nowhere m/001_a.sql
SELECT migrate('m');
