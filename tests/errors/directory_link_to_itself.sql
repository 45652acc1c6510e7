-- migrate: m/001_a.sql: Too many levels of symbolic links
.system mkdir m && ln -s 001_a.sql m/001_a.sql
SELECT migrate('m');
