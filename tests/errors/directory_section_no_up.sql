-- migrate: m/001_a.sql:2: the way down stands before the way up
.system mkdir m && printf 'SELECT 1;\n-- migrate:down\n' >m/001_a.sql
SELECT migrate('m');
